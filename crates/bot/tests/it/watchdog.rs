//! Shards that die without a word.

use crate::{
    http::{listening, reasons},
    world::{clock, discord},
};
use bot::sandbox::{Stage, settings};
use discord_sim::Line;
use std::time::Duration;
use test_support::sqlite;

#[tokio::test]
async fn a_shard_that_serenity_lets_die_makes_the_bot_not_ready_and_is_started_again() {
    let database = sqlite::migrated().await;
    let sim = discord()
        .heartbeat_interval(Duration::from_millis(1_500))
        .start()
        .await
        .unwrap();
    let mut settings = settings(&sim, &database.url);
    settings.discord.silence = Duration::from_secs(4);
    listening(&mut settings);
    let stage = Stage::start(sim.clone(), settings, clock());
    let stage = Box::pin(stage).await.unwrap();
    // "Not authenticated", after which serenity's runner is gone and nobody is told.
    sim.close_gateway(4003);
    sim.settled().await;
    let told = async {
        while reasons(stage.app()).await != ["shard 0"] {
            tokio::task::yield_now().await;
        }
    };
    let told = tokio::time::timeout(Duration::from_mins(1), told).await;
    told.expect("/readyz says so");
    let back = tokio::time::timeout(Duration::from_mins(1), sim.connected());
    back.await.expect("the shard is started again");
    let Ok(Line::Act(act)) = Line::parse("mod: !ban @troll spam") else {
        panic!("a line");
    };
    sim.perform(&act).await.unwrap();
    stage.settle().await.unwrap();
    assert_eq!(sim.bans().len(), 1);
    assert_eq!(reasons(stage.app()).await, [""; 0]);
}
