//! serenity's client: built, pointed at the right gateway, and run.

use super::{
    EndError, StartError,
    patience::{discord_is_away, until_there},
    registration::refused,
};
use crate::{
    discord::intents,
    gateway::{DeadShard, Handler, Intake, Pulse, watch as watch_shards},
    tasks::Tasks,
};
use poise::serenity_prelude::{
    self as serenity, Client, ClientBuilder, GatewayError, Http, ShardManager,
};
use settings::Discord;
use std::sync::Arc;
use tokio::sync::watch;

/// A client that knows its gateway and is not connected yet.
pub(super) struct Built {
    client: Client,
    connected: watch::Receiver<bool>,
    pulse: Pulse,
}

/// A client that runs on a task.
pub(super) struct Running {
    pub(super) shards: Arc<ShardManager>,
    /// Turns true when events are taken in order.
    pub(super) connected: watch::Receiver<bool>,
    /// What the client ended with.
    pub(super) ended: watch::Receiver<Option<Result<(), EndError>>>,
}

/// Builds the client. Nothing can fail after this but the connection itself.
pub(super) async fn build(
    settings: &Discord,
    http: Http,
    intake: Intake,
    pulse: Pulse,
) -> Result<Built, StartError> {
    let address = until_there("Discord", discord_is_away, || http.get_gateway())
        .await
        .map_err(|source| refused("the address of its gateway", source))?
        .url;
    if !settings.message_content {
        tracing::info!(
            "discord.message_content is off: commands work as slash commands and by mention"
        );
    }
    let handler = Handler::new(intake.clone(), pulse.clone());
    let connected = handler.connected();
    let client = ClientBuilder::new_with_http(http, intents::of(settings))
        .event_handler(handler.clone())
        .raw_event_handler(handler)
        .await
        .map_err(|source| refused("the client", source))?;
    // serenity asks for the address itself, and on any error takes the real Discord's without a
    // word. An imitation's bot must never go there.
    client.ws_url.lock().await.clone_from(&address);
    intake.set_shards(Arc::clone(&client.shard_manager));
    Ok(Built {
        client,
        connected,
        pulse,
    })
}

impl Built {
    /// The REST client, which knows the application.
    pub(super) fn http(&self) -> Arc<Http> {
        Arc::clone(&self.client.http)
    }

    /// Connects to Discord, on a task.
    pub(super) fn run(self, settings: &Discord, tasks: &Tasks) -> Running {
        let Self {
            mut client,
            connected,
            pulse,
        } = self;
        let shards = Arc::clone(&client.shard_manager);
        let (end, ended) = watch::channel(None);
        let privileged = privileged(settings);
        let (silence, count) = (settings.silence, settings.shards);
        let watchdog = watch_shards(pulse, Arc::clone(&shards), silence);
        tasks.spawn("client", async move {
            let ended = tokio::select! {
                ended = until_ended(&mut client, count, privileged) => ended,
                DeadShard(id) = watchdog => Err(EndError::DeadShard(id)),
            };
            end.send_replace(Some(ended));
        });
        Running {
            shards,
            connected,
            ended,
        }
    }
}

async fn until_ended(
    client: &mut Client,
    shards: u32,
    privileged: Vec<&'static str>,
) -> Result<(), EndError> {
    client
        .start_shards(shards)
        .await
        .map_err(|error| match error {
            serenity::Error::Gateway(GatewayError::InvalidAuthentication) => EndError::TokenRefused,
            serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => {
                EndError::IntentsRefused(privileged)
            }
            error => EndError::Connection(Arc::new(error)),
        })
}

/// The privileged intents that are asked for, each with its setting and the portal's name for it.
fn privileged(settings: &Discord) -> Vec<&'static str> {
    let asked = [
        (
            settings.message_content,
            "\"Message Content Intent\" (discord.message_content)",
        ),
        (
            settings.guild_members,
            "\"Server Members Intent\" (discord.guild_members)",
        ),
    ];
    asked
        .into_iter()
        .filter_map(|(asked, name)| asked.then_some(name))
        .collect()
}
