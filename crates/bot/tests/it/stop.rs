//! The orderly end.

use crate::world::World;
use controllers::{Everything, Query as _};
use discord_sim::{FaultAction, FaultRule, ShownKind};
use std::time::{Duration, Instant};

fn slow_ban() -> FaultRule {
    FaultRule {
        method: Some("PUT".to_owned()),
        path: "/guilds/*/bans/*".to_owned(),
        skip: 0,
        times: None,
        action: FaultAction::Hold,
    }
}

#[tokio::test]
async fn work_under_way_is_finished_before_the_end() {
    World::each(async |world| {
        let held = world.sim.fault(slow_ban());
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("PUT", "/bans/").await;
        let tasks = world.app().tasks().clone();
        let sim = world.sim.clone();
        let release = async move {
            tasks.stopping().await;
            sim.release(held);
        };
        // The simulator ends with the bot, so what it showed is read from before that.
        let mut live = world.sim.subscribe();
        tokio::join!(world.stop(), release);
        let mut kinds = Vec::new();
        while let Ok(shown) = live.try_recv() {
            kinds.push(shown.kind);
        }
        assert!(kinds.contains(&ShownKind::Ban), "{kinds:?}");
        assert_eq!(
            kinds.last(),
            Some(&ShownKind::Message),
            "the moderator was answered"
        );
    })
    .await;
}

#[tokio::test]
async fn work_that_does_not_end_delays_the_end_by_less_than_ten_seconds() {
    World::once(async |world| {
        world.sim.fault(slow_ban());
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("PUT", "/bans/").await;
        let before = Instant::now();
        world.stop().await;
        assert!(
            before.elapsed() < Duration::from_secs(10),
            "{:?}",
            before.elapsed()
        );
    })
    .await;
}

#[tokio::test]
async fn a_stopping_bot_tells_who_uses_a_command_that_it_restarts() {
    World::each(async |world| {
        let held = world.sim.fault(slow_ban());
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("PUT", "/bans/").await;
        world.look();
        world.app().tasks().stop();
        world.begin("mod: /warn member:@alice").await;
        world.begin("mod: !warn @alice").await;
        world
            .until("the refusal is shown", |world| {
                world
                    .sim
                    .shown(0)
                    .iter()
                    .any(|shown| shown.kind == ShownKind::Ephemeral)
            })
            .await;
        world.sim.release(held);
        world.settle().await;
        let seen = world.look();
        let told = seen
            .only(ShownKind::Ephemeral)
            .content
            .clone()
            .unwrap_or_default();
        assert_eq!(told, world.words(&bot::text::Message::new("restarting")));
        assert_eq!(
            world
                .db()
                .cases()
                .count(Everything)
                .await
                .expect("the database"),
            1
        );
    })
    .await;
}
