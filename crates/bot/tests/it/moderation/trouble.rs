//! Discord refuses, fails, or does not answer: the moderator is told the truth every time.

use super::{case, fault, requests};
use crate::world::World;
use discord_sim::{Edit, FaultAction, ShownKind};
use entity::value::CaseState;
use serde_json::json;

const BANS: &str = "/guilds/*/bans/*";

fn refused(code: u32) -> FaultAction {
    FaultAction::Status(403, Some(json!({ "code": code, "message": "no" })))
}

#[tokio::test]
async fn a_refusal_of_discord_fails_the_case_visibly() {
    World::each(async |world| {
        world.play("admin: !logs set dev #random").await;
        world.sim.fault(fault("PUT", BANS, None, refused(50_013)));
        let seen = world.play("mod: !ban @troll spam").await;
        assert!(seen.of(ShownKind::Ban).is_empty());
        let answer = seen
            .iter()
            .rev()
            .find(|s| s.channel.as_deref() == Some("general"))
            .unwrap();
        let answer = answer.content.clone().unwrap();
        assert!(answer.contains("**#1** troll not banned"), "{seen}");
        assert!(
            seen.log()[0].contains("#1 failed: troll not banned"),
            "{seen}"
        );
        let told = seen
            .of(ShownKind::Edit)
            .into_iter()
            .find(|s| s.to.as_deref() == Some("troll"));
        assert!(
            crate::seen::text(told.unwrap()).contains("not carried out"),
            "{seen}"
        );
        let dev = seen.iter().any(|s| {
            s.channel.as_deref() == Some("random")
                && s.content.as_deref().is_some_and(|c| c.contains("Case #1"))
        });
        assert!(dev, "the problem log has a line: {seen}");
        let case = case(world, 1).await;
        assert_eq!(case.state, CaseState::Failed);
        assert!(case.error_code.is_some());
    })
    .await;
}

#[tokio::test]
async fn somebody_who_is_gone_fails_the_case_with_that_cause() {
    World::each(async |world| {
        let unknown = FaultAction::Status(
            404,
            Some(json!({ "code": 10_007, "message": "Unknown Member" })),
        );
        world
            .sim
            .fault(fault("DELETE", "/guilds/*/members/*", None, unknown));
        let seen = world.play("mod: !kick @troll bye").await;
        assert!(
            seen.answer().contains("They have left the server"),
            "{seen}"
        );
        assert_eq!(case(world, 1).await.state, CaseState::Failed);
    })
    .await;
}

#[tokio::test]
async fn a_failure_that_passes_is_tried_until_it_works_and_the_answer_changes() {
    World::each(async |world| {
        world
            .sim
            .fault(fault("PUT", BANS, Some(3), FaultAction::Status(500, None)));
        let seen = world.play("mod: !ban @troll spam").await;
        assert!(seen.answer().contains("I keep trying"), "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Pending);
        let mut later = Vec::new();
        for _ in 0..8 {
            later.extend(world.play("wait 10s").await.0);
        }
        let later = crate::seen::Seen(later);
        assert_eq!(later.of(ShownKind::Ban).len(), 1, "{later}");
        assert!(later.answer().contains("**#1** banned troll"), "{later}");
        assert_eq!(later.log().len(), 1, "{later}");
        assert_eq!(case(world, 1).await.state, CaseState::Active);
        assert_eq!(requests(world, "PUT", "/bans/"), 4);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_lost_after_the_effect_doubles_nothing() {
    World::each(async |world| {
        world
            .sim
            .fault(fault("PUT", BANS, Some(1), FaultAction::DropAfter));
        world.sim.fault(fault(
            "POST",
            "/channels/*/messages",
            Some(2),
            FaultAction::DropAfter,
        ));
        let mut seen = world.play("mod: !ban @troll spam").await.0;
        for _ in 0..8 {
            seen.extend(world.play("wait 10s").await.0);
        }
        let seen = crate::seen::Seen(seen);
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert_eq!(seen.dms("troll").len(), 1, "{seen}");
        assert_eq!(seen.log().len(), 1, "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Active);
    })
    .await;
}

#[tokio::test]
async fn a_kick_whose_answer_was_lost_does_not_hit_twice() {
    World::each(async |world| {
        world.sim.fault(fault(
            "DELETE",
            "/guilds/*/members/*",
            Some(1),
            FaultAction::DropAfter,
        ));
        world.play("mod: !kick @troll bye").await;
        world.play("troll: join").await;
        let mut kicks = 0;
        for _ in 0..5 {
            kicks += world.play("wait 10s").await.of(ShownKind::Kick).len();
        }
        assert_eq!(kicks, 0, "the audit log says that it happened");
        assert!(world.sim.is_member(world.sim.user_id("troll").unwrap()));
        assert_eq!(case(world, 1).await.state, CaseState::Done);
    })
    .await;
}

#[tokio::test]
async fn closed_direct_messages_hold_nothing_up_and_are_said() {
    World::each(async |world| {
        world.sim.set_dms_open("troll", false).unwrap();
        let seen = world.play("mod: !ban @troll spam").await;
        assert_eq!(seen.of(ShownKind::Ban).len(), 1);
        assert!(seen.answer().contains("DM refused"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_log_channel_that_is_gone_is_said_and_the_action_stands() {
    World::each(async |world| {
        let gone = Edit::DeleteChannel {
            by: "owner".into(),
            name: "mod-log".into(),
        };
        world.sim.mutate(&gone).unwrap();
        let seen = world.play("mod: !warn @troll x").await;
        assert!(seen.answer().contains("the log message failed"), "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Done);
    })
    .await;
}

#[tokio::test]
async fn a_role_that_changes_before_a_later_try_stops_the_action() {
    World::each(async |world| {
        world
            .sim
            .fault(fault("PUT", BANS, Some(1), FaultAction::Status(500, None)));
        world.play("mod: !ban @troll spam").await;
        let promoted = Edit::GiveRole {
            by: "owner".into(),
            target: "troll".into(),
            role: "Moderator".into(),
        };
        world.sim.mutate(&promoted).unwrap();
        let mut seen = Vec::new();
        for _ in 0..4 {
            seen.extend(world.play("wait 10s").await.0);
        }
        let seen = crate::seen::Seen(seen);
        assert!(seen.of(ShownKind::Ban).is_empty(), "{seen}");
        assert_eq!(case(world, 1).await.error_code.as_deref(), Some("changed"));
        assert!(seen.answer().contains("not banned"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_discord_that_does_not_answer_the_checks_stops_everything_before_it_begins() {
    World::each(async |world| {
        let members = "/guilds/*/members/*";
        world
            .sim
            .fault(fault("GET", members, None, FaultAction::Status(500, None)));
        let seen = world.play("mod: !ban @troll spam").await;
        assert!(
            seen.answer().contains("Discord did not answer me"),
            "{seen}"
        );
        assert_eq!(super::cases(world).await, 0);
        assert_eq!(requests(world, "PUT", "/bans/"), 0);
    })
    .await;
}
