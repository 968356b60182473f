//! A bot that is killed, and the one that comes after it.

use crate::{seen::Seen, world::World};
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
        world.sim.fault(FaultRule {
            method: Some("PUT".to_owned()),
            path: "/guilds/*/bans/*".to_owned(),
            skip: 0,
            times: Some(1),
            action: FaultAction::Hold,
        });
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("PUT", "/bans/").await;
        assert_eq!(world.look().of(ShownKind::Ban).len(), 0, "it is held");
        world.restart().await;
        // Where other processes may use the database, the lease of the killed one has to run out.
        world.play("wait 5m").await;
        world.play("wait 1h").await;
        let bans = Seen(world.sim.shown(0));
        let ban = bans.only(ShownKind::Ban);
        assert_eq!(ban.target.as_deref(), Some("troll"));
    })
    .await;
}
