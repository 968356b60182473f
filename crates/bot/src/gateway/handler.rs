//! serenity's handlers: they hang the intake where it sees events in order.

use super::{Intake, Pulse};
use poise::serenity_prelude as serenity;
use serenity::{
    Context, Event, EventHandler, RawEventHandler, Ready, ShardId, ShardStageUpdateEvent,
    async_trait,
};
use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::watch;

type Registration = Pin<Box<dyn futures_util::Stream<Item = ()> + Send>>;

/// Registers the intake on each shard and tells when the bot is connected. Clones share everything.
#[derive(Clone)]
pub struct Handler {
    intake: Intake,
    pulse: Pulse,
    /// A registration lasts as long as its stream; one for each shard.
    registrations: Arc<Mutex<HashMap<ShardId, Registration>>>,
    connected: watch::Sender<bool>,
}

impl Handler {
    /// A handler that feeds `intake` and `pulse`.
    pub fn new(intake: Intake, pulse: Pulse) -> Self {
        Self {
            intake,
            pulse,
            registrations: Arc::default(),
            connected: watch::Sender::new(false),
        }
    }

    /// Turns true when events of every shard are first taken in order, right after READY.
    pub fn connected(&self) -> watch::Receiver<bool> {
        self.connected.subscribe()
    }

    /// A new runner begins with every identify, so this is repeated; the stream of an old runner is
    /// dropped, which ends its registration.
    fn register(&self, ctx: &Context) {
        let (intake, context) = (self.intake.clone(), ctx.clone());
        let pulse = self.pulse.clone();
        let stream = serenity::collector::collect(&ctx.shard, move |event: &Event| {
            pulse.beat(context.shard_id.0);
            intake.offer(&context, event);
            None::<()>
        });
        self.registrations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(ctx.shard_id, Box::pin(stream));
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn shard_stage_update(&self, ctx: Context, event: ShardStageUpdateEvent) {
        tracing::info!(shard = event.shard_id.0, stage = %event.new, "shard");
        let connected = event.new == serenity::ConnectionStage::Connected;
        self.pulse.stage(event.shard_id.0, connected);
        if connected && event.old != serenity::ConnectionStage::Resuming {
            self.register(&ctx);
            if self.pulse.all_connected() {
                self.connected.send_replace(true);
            }
        }
    }

    async fn ready(&self, ctx: Context, ready: Ready) {
        tracing::info!(
            user = ready.user.name,
            guilds = ready.guilds.len(),
            shard = ctx.shard_id.0,
            "connected to Discord"
        );
    }
}

/// The ordinary way, for what arrives before a registration; it keeps no order.
#[async_trait]
impl RawEventHandler for Handler {
    async fn raw_event(&self, ctx: Context, event: Event) {
        self.intake.offer(&ctx, &event);
    }
}
