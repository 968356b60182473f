//! A bot that is killed, and the one that comes after it.

use crate::world::World;
use discord_sim::{FaultAction, FaultRule, ShownKind};

#[tokio::test]
async fn the_next_bot_goes_on_where_the_killed_one_stood() {
    World::each(async |world| {
        world.play("mod: !warn @troll -reason one").await;
        world.play("restart").await;
        let seen = world.play("mod: !warn @troll -reason two").await;
        assert!(seen.answer().contains("#2"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn an_action_that_a_kill_interrupted_is_done_once() {
    World::each(async |world| {
        let ban = FaultRule {
            method: Some("PUT".to_owned()),
            path: "/guilds/*/bans/*".to_owned(),
            skip: 0,
            times: None,
            action: FaultAction::Hold,
        };
        world.sim.fault(ban);
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("PUT", "/bans/").await;
        world.restart().await;
        assert_eq!(
            world.look().of(ShownKind::Ban).len(),
            0,
            "held requests do nothing"
        );
        world.sim.clear_faults();
        // Where other processes may use the database, a lease has to run out.
        let seen = world.play("wait 5m").await;
        assert_eq!(seen.only(ShownKind::Ban).target.as_deref(), Some("troll"));
        let later = world.play("wait 1h").await;
        assert_eq!(later.of(ShownKind::Ban).len(), 0);
    })
    .await;
}
