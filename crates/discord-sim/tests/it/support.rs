//! What the tests share: a world whose time stands still, and a small bot made with serenity.

mod rest;
mod story;
mod strict;
mod wire;

use std::sync::Arc;

use discord_sim::{Act, Shown, ShownKind, Sim, SimClock};
use poise::serenity_prelude::{
    self as serenity, ClientBuilder, EventHandler, GatewayIntents, HttpBuilder, ShardManager,
};
use tokio::task::JoinHandle;

pub(crate) use rest::{Rest, answer};
pub(crate) use story::{act, button, callback, id, respond, text};
pub(crate) use strict::Strict;
pub(crate) use wire::{ALL_INTENTS, Got, Wire, identify};

/// 2024-01-01T00:00:00Z.
pub(crate) const START_MS: i64 = 1_704_067_200_000;

/// A simulator of the default world whose clock stands.
pub(crate) async fn sim() -> Sim {
    Sim::builder()
        .seed(7)
        .clock(SimClock::fixed(START_MS))
        .start()
        .await
        .unwrap()
}

/// A running bot.
pub(crate) struct Bot {
    shards: Arc<ShardManager>,
    task: JoinHandle<serenity::Result<()>>,
}

impl Bot {
    /// Starts a bot with one handler and waits until it is connected.
    pub(crate) async fn start(sim: &Sim, handler: impl EventHandler + 'static) -> Self {
        let http = HttpBuilder::new(sim.token())
            .proxy(sim.url())
            .ratelimiter_disabled(true)
            .application_id(sim.application_id().into())
            .build();
        let mut client = ClientBuilder::new_with_http(http, GatewayIntents::all())
            .event_handler(handler)
            .await
            .unwrap();
        let shards = Arc::clone(&client.shard_manager);
        let task = tokio::spawn(async move { client.start().await });
        sim.connected().await;
        Self { shards, task }
    }

    pub(crate) async fn stop(self) {
        self.shards.shutdown_all().await;
        self.task.await.unwrap().unwrap();
    }
}

/// Does something that must work, and waits until the bot has answered it.
pub(crate) async fn perform(sim: &Sim, act: Act) {
    sim.perform(&act).await.unwrap();
    sim.settled().await;
}

/// What was shown of one kind.
pub(crate) fn of_kind(sim: &Sim, kind: ShownKind) -> Vec<Shown> {
    sim.shown(0)
        .into_iter()
        .filter(|shown| shown.kind == kind)
        .collect()
}
