//! `softban` and `tempban`.

use super::{case, fault};
use crate::world::World;
use discord_sim::{FaultAction, ShownKind};
use entity::value::{CaseKind, CaseState};
use serde_json::json;

#[tokio::test]
async fn a_softban_bans_and_unbans_and_says_that_they_may_come_back() {
    World::each(async |world| {
        let seen = world.play("mod: !softban @troll spam").await;
        let dm = &seen.dms("troll")[0];
        assert!(dm.contains("you may join again"), "{seen}");
        let done: Vec<ShownKind> = seen.iter().map(|shown| shown.kind).collect();
        let ban = done.iter().position(|kind| *kind == ShownKind::Ban);
        let unban = done.iter().position(|kind| *kind == ShownKind::Unban);
        assert!(ban.is_some() && ban < unban, "{seen}");
        assert!(seen.answer().contains("**#1** softbanned troll"), "{seen}");
        let case = case(world, 1).await;
        assert_eq!(
            (case.kind, case.state),
            (CaseKind::Softban, CaseState::Done)
        );
        assert_eq!(case.params["delete_days"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_crash_between_the_two_halves_leaves_the_second_one_owed() {
    World::each(async |world| {
        let unbans = fault("DELETE", "/guilds/*/bans/*", Some(1), FaultAction::Hold);
        world.sim.fault(unbans);
        world.begin("mod: !softban @troll spam").await;
        world.held("DELETE", "/bans/").await;
        world.sim.clear_faults();
        world.restart().await;
        world.play("wait 1m").await;
        let seen = crate::seen::Seen(world.sim.shown(0));
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert_eq!(seen.of(ShownKind::Unban).len(), 1, "{seen}");
        assert!(
            !world
                .sim
                .bans()
                .contains(&world.sim.user_id("troll").unwrap())
        );
    })
    .await;
}

#[tokio::test]
async fn a_newer_ban_is_not_undone_by_an_older_softban() {
    World::each(async |world| {
        let outage = FaultAction::Status(500, None);
        let outage = world
            .sim
            .fault(fault("DELETE", "/guilds/*/bans/*", None, outage));
        world.play("mod: !softban @troll spam").await;
        // Somebody lifts it by hand, and they are banned for good.
        let lifted = discord_sim::Edit::Unban {
            by: "owner".into(),
            target: "troll".into(),
            reason: None,
        };
        world.sim.mutate(&lifted).unwrap();
        world.play("mod: !ban @troll -reason for good").await;
        world.sim.release(outage);
        for _ in 0..4 {
            world.play("wait 10s").await;
        }
        assert!(
            world
                .sim
                .bans()
                .contains(&world.sim.user_id("troll").unwrap())
        );
        assert_eq!(case(world, 2).await.state, CaseState::Active);
    })
    .await;
}

#[tokio::test]
async fn a_refused_softban_that_is_tried_again_is_undone_again() {
    World::each(async |world| {
        let no = json!({ "code": 50_013, "message": "no" });
        let no = FaultAction::Status(403, Some(no));
        world
            .sim
            .fault(fault("PUT", "/guilds/*/bans/*", Some(1), no));
        let seen = world.play("mod: !softban @troll spam").await;
        assert!(seen.of(ShownKind::Unban).is_empty(), "{seen}");
        let seen = world.play("mod: !cases retry 1").await;
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert_eq!(seen.of(ShownKind::Unban).len(), 1, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_temporary_ban_needs_an_end() {
    World::each(async |world| {
        let seen = world.play("mod: !tempban @troll perm spam").await;
        assert!(seen.answer().contains("This needs an end"), "{seen}");
        let seen = world.play("mod: !tempban @troll 2h spam").await;
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert_eq!(case(world, 1).await.kind, CaseKind::Tempban);
        let seen = world.play("wait 2h").await;
        assert_eq!(seen.of(ShownKind::Unban).len(), 1, "{seen}");
        assert_eq!(case(world, 1).await.state, CaseState::Expired);
    })
    .await;
}
