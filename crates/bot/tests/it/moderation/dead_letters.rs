//! What Discord refuses for good is never silent: it is said, and waits for a person's word.

use super::{case, fault, requests};
use crate::{
    seen::{Seen, text},
    world::World,
};
use discord_sim::{Edit, FaultAction, Refusal, ShownKind};
use entity::value::{CaseEventKind, CaseState};
use serde_json::json;

const BANS: &str = "/guilds/*/bans/*";

fn refused(code: u32) -> FaultAction {
    FaultAction::Status(403, Some(json!({ "code": code, "message": "no" })))
}

async fn waits(world: &mut World, times: usize) -> Seen {
    let mut seen = Vec::new();
    for _ in 0..times {
        seen.extend(world.play("wait 10s").await.0);
    }
    Seen(seen)
}

/// Whether a message says so, wherever it stands.
fn says(seen: &Seen, what: &str) -> bool {
    seen.iter().any(|shown| text(shown).contains(what))
}

#[tokio::test]
async fn a_refused_ban_is_tried_again_by_the_button_under_its_log_message() {
    World::each(async |world| {
        let fault = world.sim.fault(fault("PUT", BANS, None, refused(50_013)));
        world.play("mod: !ban @troll -duration 1h spam").await;
        assert_eq!(case(world, 1).await.state, CaseState::Failed);
        let again = world.play("mod#mod-log: click Retry").await;
        assert_eq!(case(world, 1).await.state, CaseState::Failed, "{again}");
        assert!(says(&again, "not banned"), "{again}");

        world.sim.release(fault);
        world.play("restart").await;
        let seen = world.play("mod#mod-log: click Retry").await;
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert!(says(&seen, "**#1** banned troll"), "{seen}");
        assert_eq!(seen.dms("troll").len(), 1, "told that it is tried: {seen}");
        let edits: Vec<String> = seen.of(ShownKind::Edit).into_iter().map(text).collect();
        let log = edits.last().expect("the log message was edited");
        assert!(log.starts_with("#1 banned troll"), "{seen}");
        let stale = world.refused("mod#mod-log: click Retry").await;
        assert!(matches!(stale, Refusal::NoButton { .. }), "{stale}");

        // The end by time was cancelled with the case, and is back with it.
        let seen = world.play("wait 1h").await;
        assert_eq!(seen.of(ShownKind::Unban).len(), 1, "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Expired);
    })
    .await;
}

#[tokio::test]
async fn cases_retry_does_the_same_and_says_when_there_is_nothing_to_try() {
    World::each(async |world| {
        let fault = world
            .sim
            .fault(fault("PUT", BANS, Some(1), refused(50_013)));
        world.play("mod: !ban @troll spam").await;
        let seen = world.play("mod: /cases retry number:1").await;
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Active);
        let seen = world.play("mod: !cases retry 1").await;
        assert!(seen.answer().contains("nothing to try again"), "{seen}");
        assert_eq!(requests(world, "PUT", "/bans/"), 2);
        world.sim.release(fault);
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_ban_may_not_try_a_ban_again() {
    World::each(async |world| {
        world
            .sim
            .fault(fault("PUT", BANS, Some(1), refused(50_013)));
        world.play("mod: !ban @troll spam").await;
        let promoted = Edit::GiveRole {
            by: "owner".into(),
            target: "troll".into(),
            role: "Moderator".into(),
        };
        world.sim.mutate(&promoted).unwrap();
        let seen = world.play("mod: !cases retry 1").await;
        assert!(seen.of(ShownKind::Ban).is_empty(), "{seen}");
        assert_eq!(
            requests(world, "PUT", "/bans/"),
            1,
            "checked before it is tried"
        );
        assert_eq!(case(world, 1).await.state, CaseState::Failed);
    })
    .await;
}

#[tokio::test]
async fn an_end_that_discord_refuses_is_said_in_the_log_and_waits_for_a_word() {
    World::each(async |world| {
        world.play("mod: !ban @troll -duration 1h spam").await;
        let refusal = world
            .sim
            .fault(fault("DELETE", BANS, None, refused(50_013)));
        let seen = world.play("wait 1h").await;
        let line = seen.log().pop().expect("a line in the log");
        assert!(line.contains("Temporary ban of troll"), "{seen}");
        assert!(line.contains("end by time failed for good"), "{seen}");
        assert_eq!(
            case(world, 1).await.state,
            CaseState::Active,
            "they are banned"
        );

        world.sim.release(refusal);
        let seen = world.play("mod#mod-log: click Retry").await;
        assert_eq!(seen.of(ShownKind::Unban).len(), 1, "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Expired);
    })
    .await;
}

#[tokio::test]
async fn what_is_given_up_is_tried_no_more_and_the_case_says_by_whom() {
    World::each(async |world| {
        world.sim.fault(fault("PUT", BANS, None, refused(50_013)));
        world.play("mod: !ban @troll spam").await;
        let seen = world.play("mod#mod-log: click Give up").await;
        assert!(says(&seen, "left as it is"), "{seen}");
        let gone = world.refused("mod#mod-log: click Give up").await;
        assert!(matches!(gone, Refusal::NoButton { .. }), "{gone}");
        let seen = world.play("mod: !cases retry 1").await;
        assert!(seen.answer().contains("nothing to try again"), "{seen}");
        let db = world.db();
        let events = db.case_events().timeline(1).await.unwrap();
        let last = events.iter().rfind(|e| e.kind == CaseEventKind::Commented);
        assert_eq!(last.expect("an event").data["given_up"], "ban");
        let seen = world.play("mod: !case 1").await;
        assert!(seen.answer().contains("gave up: ban"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_discord_that_fails_at_every_call_loses_nothing() {
    World::each(async |world| {
        let outage = world
            .sim
            .fault(fault("PUT", BANS, None, FaultAction::Status(500, None)));
        world.play("mod: !ban @troll spam").await;
        // From now on not even the checks before another try get an answer.
        let all = fault("GET", "/guilds/*", None, FaultAction::Status(502, None));
        let checks = world.sim.fault(all);
        waits(world, 60).await;
        assert_eq!(case(world, 1).await.state, CaseState::Pending);
        world.sim.release(checks);
        let card = world.play("mod: !case 1").await;
        assert!(says(&card, "(last time: Discord answered 50"), "{card}");
        world.sim.release(outage);
        let seen = waits(world, 31).await;
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Active);
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_is_not_in_the_server_owes_on_until_it_is_back() {
    World::each(async |world| {
        let unknown = json!({ "code": 10_004, "message": "Unknown Guild" });
        let gone = fault("PUT", BANS, None, FaultAction::Status(404, Some(unknown)));
        let gone = world.sim.fault(gone);
        world.play("mod: !ban @troll spam").await;
        waits(world, 5).await;
        assert_eq!(case(world, 1).await.state, CaseState::Pending);
        world.sim.release(gone);
        let seen = waits(world, 31).await;
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn what_is_undone_while_it_is_still_tried_is_undone_afterwards() {
    World::each(async |world| {
        let outage = fault("PUT", BANS, Some(2), FaultAction::Status(500, None));
        world.sim.fault(outage);
        world.play("mod: !ban @troll spam").await;
        let seen = world.play("mod: !unban @troll sorry").await;
        assert!(seen.answer().contains("I keep trying"), "{seen}");
        let seen = waits(world, 8).await;
        let kinds: Vec<ShownKind> = seen.iter().map(|shown| shown.kind).collect();
        let ban = kinds.iter().position(|kind| *kind == ShownKind::Ban);
        let unban = kinds.iter().position(|kind| *kind == ShownKind::Unban);
        assert!(ban.is_some() && ban < unban, "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Lifted);
        assert_eq!(case(world, 2).await.state, CaseState::Done);
    })
    .await;
}

#[tokio::test]
async fn without_the_audit_log_the_date_of_joining_tells_whether_a_kick_got_through() {
    World::each(async |world| {
        let kicks = "/guilds/*/members/*";
        let lost = fault("DELETE", kicks, Some(1), FaultAction::DropAfter);
        world.sim.fault(lost);
        world
            .sim
            .fault(fault("GET", "/guilds/*/audit-logs", None, refused(50_013)));
        world.play("mod: !kick @troll bye").await;
        world.play("wait 1s").await;
        world.play("troll: join").await;
        let seen = waits(world, 5).await;
        assert!(seen.of(ShownKind::Kick).is_empty(), "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Done);
    })
    .await;
}
