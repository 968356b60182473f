//! What happens with each event: commands and components are dispatched, the rest is noted.

use super::{lanes::Lanes, seen::Seen, slots::Slots};
use crate::{
    command, data::Data, failure::Failure, metrics::EventFate, screen, tasks::Tasks,
    text::Message as Text,
};
use poise::{FrameworkContext, FrameworkOptions, serenity_prelude as serenity};
use serenity::{
    Context, CreateInteractionResponse, CreateInteractionResponseMessage, Event, FullEvent,
    Interaction, Message, ShardManager,
};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How many message and interaction ids are remembered.
const REMEMBERED: usize = 16_384;

/// Takes events from every shard. Clones share everything.
#[derive(Clone)]
pub struct Intake(Arc<Inner>);

struct Inner {
    data: Data,
    options: FrameworkOptions<Data, Failure>,
    shards: OnceLock<Arc<ShardManager>>,
    lanes: Lanes,
    slots: Slots,
    tasks: Tasks,
    seen: Mutex<Seen>,
}

impl Intake {
    /// An intake that dispatches to the commands of `options`.
    pub fn new(data: Data, options: FrameworkOptions<Data, Failure>, tasks: Tasks) -> Self {
        Self(Arc::new(Inner {
            data,
            options,
            shards: OnceLock::new(),
            lanes: Lanes::new(tasks.clone()),
            slots: Slots::default(),
            tasks,
            seen: Mutex::new(Seen::new(REMEMBERED)),
        }))
    }

    /// The manager that exists once the client is built; events come only after that.
    pub fn set_shards(&self, shards: Arc<ShardManager>) {
        // Called once per client.
        drop(self.0.shards.set(shards));
    }

    /// How many messages wait for their turn.
    pub fn waiting(&self) -> usize {
        self.0.lanes.waiting()
    }

    /// What everything shares.
    pub fn data(&self) -> &Data {
        &self.0.data
    }

    /// Takes an event, unless it was taken before. Runs on the shard's task: never blocks.
    pub(super) fn offer(&self, ctx: &Context, event: &Event) {
        match event {
            Event::MessageCreate(created) if !created.message.author.bot => {
                self.message(ctx, &created.message);
            }
            Event::InteractionCreate(created) => self.interaction(ctx, &created.interaction),
            Event::Unknown(_) => {
                self.data().metrics.event(EventFate::Unknown);
                tracing::warn!("an event of Discord could not be read");
            }
            _ => {}
        }
    }

    fn message(&self, ctx: &Context, message: &Message) {
        if self.0.tasks.is_stopping() || !self.first_time(message.id.get()) {
            return;
        }
        let key = (
            message.guild_id.map_or(0, serenity::GuildId::get),
            message.author.id.get(),
        );
        let (intake, ctx, new_message) = (self.clone(), ctx.clone(), message.clone());
        let work = async move {
            intake
                .dispatch(&ctx, FullEvent::Message { new_message })
                .await;
        };
        let taken = self.0.lanes.push(key, Box::pin(work));
        let fate = if taken {
            EventFate::Taken
        } else {
            EventFate::Dropped
        };
        self.data().metrics.event(fate);
        if !taken {
            tracing::warn!(
                user.id = key.1,
                guild.id = key.0,
                "too many messages at once; one was dropped"
            );
        }
    }

    /// An interaction has to be acknowledged within three seconds, so it never waits in a lane.
    fn interaction(&self, ctx: &Context, interaction: &Interaction) {
        if !self.first_time(interaction.id().get()) {
            return;
        }
        let busy = self.0.tasks.busy();
        let guild_id = guild_of(interaction).map_or(0, serenity::GuildId::get);
        let slot = self.0.slots.take(guild_id);
        self.data().metrics.event(match slot {
            Some(_) => EventFate::Taken,
            None => EventFate::Dropped,
        });
        let (intake, ctx, interaction) = (self.clone(), ctx.clone(), interaction.clone());
        self.0.tasks.spawn("interaction", async move {
            if intake.0.tasks.is_stopping() {
                intake.turn_away(&ctx, &interaction, "restarting").await;
            } else if slot.is_none() {
                tracing::warn!(guild.id = guild_id, "too many interactions at once");
                intake.turn_away(&ctx, &interaction, "err-too-busy").await;
            } else if let Interaction::Component(press) = &interaction {
                screen::pressed(&ctx, intake.data(), press).await;
            } else if let Interaction::Autocomplete(typing) = &interaction {
                command::complete(&ctx, intake.data(), typing).await;
            } else {
                intake
                    .dispatch(&ctx, FullEvent::InteractionCreate { interaction })
                    .await;
            }
            drop((slot, busy));
        });
    }

    async fn dispatch(&self, ctx: &Context, event: FullEvent) {
        let Some(shards) = self.0.shards.get() else {
            return;
        };
        let framework = FrameworkContext {
            serenity_context: ctx,
            options: &self.0.options,
            user_data: &self.0.data,
            shard_manager: shards,
        };
        // poise's dispatch of an interaction is 20 kB of state.
        Box::pin(poise::dispatch_event(framework, event)).await;
    }

    async fn turn_away(&self, ctx: &Context, interaction: &Interaction, why: &'static str) {
        let data = self.data();
        let settings = data.guilds.settings(None).await;
        let text = data.texts.render(&settings.lang, &Text::new(why));
        let answer = CreateInteractionResponse::Message(
            CreateInteractionResponseMessage::new()
                .content(text)
                .ephemeral(true),
        );
        let sent = match interaction {
            Interaction::Command(command) => command.create_response(&ctx.http, answer).await,
            Interaction::Component(press) => press.create_response(&ctx.http, answer).await,
            _ => Ok(()),
        };
        if let Err(error) = sent {
            tracing::debug!(error = %crate::on_error::chain(&error), "nobody was told of the refusal");
        }
    }

    fn first_time(&self, id: u64) -> bool {
        self.0
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .first_time(id)
    }
}

/// The guild that an interaction comes from.
fn guild_of(interaction: &Interaction) -> Option<serenity::GuildId> {
    match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => command.guild_id,
        Interaction::Component(press) => press.guild_id,
        Interaction::Modal(modal) => modal.guild_id,
        _ => None,
    }
}
