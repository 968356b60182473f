//! The bot as one thing: it starts, runs, and comes to an end.

mod client;
mod error;
mod framework;
mod instance_lock;
mod patience;
mod registration;
mod runtime;
mod start;

pub use error::{EndError, StartError};
pub use start::database_options;

use crate::{data::Data, on_error::chain, tasks::Tasks};
use controllers::Clock;
use instance_lock::InstanceLock;
use poise::serenity_prelude::ShardManager;
use runtime::OwnRuntime;
use settings::Settings;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{sync::watch, time::timeout};

/// How long work under way may go on once the bot is asked to stop.
const DRAIN: Duration = Duration::from_secs(5);
/// How long taking leave of Discord may take.
const FAREWELL: Duration = Duration::from_secs(3);
/// How long closing the database may take.
const CLOSE: Duration = Duration::from_secs(1);

/// What a bot is made from.
#[derive(Debug, Clone)]
pub struct Deps {
    /// The settings, a token among them.
    pub settings: Settings,
    /// Domain time.
    pub clock: Clock,
}

/// A running bot.
///
/// It lives on a runtime of its own, and everything that it or a library starts lives there too.
/// That is what makes [`App::kill`] complete. A bot that is dropped is killed, without being waited
/// for.
pub struct App {
    // Fields are dropped in this order: the lock goes last, when nothing can touch the database.
    runtime: OwnRuntime,
    data: Data,
    tasks: Tasks,
    shards: Arc<ShardManager>,
    connected: watch::Receiver<bool>,
    ended: watch::Receiver<Option<Result<(), EndError>>>,
    application_id: u64,
    http_address: Option<SocketAddr>,
    _lock: Option<InstanceLock>,
}

impl App {
    /// Starts a bot. Everything that can fail comes before its client connects to Discord.
    ///
    /// While the database or Discord is away, this waits, and logs each attempt.
    ///
    /// # Errors
    /// [`StartError`] for everything that waiting does not help.
    pub async fn start(deps: Deps) -> Result<Self, StartError> {
        let runtime = OwnRuntime::new().map_err(StartError::Runtime)?;
        let started = runtime.run(start::start(deps)).await?;
        let start::Started {
            data,
            tasks,
            client,
            lock,
            application_id,
            http_address,
        } = started?;
        Ok(Self {
            runtime,
            data,
            tasks,
            shards: client.shards,
            connected: client.connected,
            ended: client.ended,
            application_id,
            http_address,
            _lock: lock,
        })
    }

    /// What every command, event and task shares.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The bot's tasks.
    pub fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// How many pieces of work are under way.
    pub fn busy(&self) -> usize {
        self.tasks.under_way()
    }

    /// The id under which Discord knows the bot's application.
    pub fn application_id(&self) -> u64 {
        self.application_id
    }

    /// Where `/healthz`, `/readyz` and `/metrics` are served; `None`: nowhere.
    pub fn http_address(&self) -> Option<SocketAddr> {
        self.http_address
    }

    /// Waits until Discord has greeted the bot and events are taken in order. For ever when the
    /// client ends before that: see [`App::ended`].
    pub async fn connected(&self) {
        let mut connected = self.connected.clone();
        if connected.wait_for(|connected| *connected).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits until the client ends by itself, which it does only when Discord turns it away.
    ///
    /// # Errors
    /// [`EndError`], which says what to change.
    pub async fn ended(&self) -> Result<(), EndError> {
        let mut ended = self.ended.clone();
        match ended.wait_for(Option::is_some).await {
            Ok(result) => result.clone().unwrap_or(Ok(())),
            Err(_) => Err(EndError::Panicked),
        }
    }

    /// Comes to an orderly end within ten seconds: takes nothing new, finishes what is under way,
    /// says goodbye to Discord and closes the database.
    pub async fn stop(self) {
        self.tasks.stop();
        if !self.tasks.drained(DRAIN).await {
            tracing::warn!(
                left = self.busy(),
                "work was left when the bot stopped; it is taken up again at the next start"
            );
        }
        if timeout(FAREWELL, self.shards.shutdown_all()).await.is_err() {
            tracing::warn!("Discord did not answer the goodbye");
        }
        if timeout(CLOSE, self.close()).await.is_err() {
            tracing::warn!("the database was slow to close");
        }
        self.runtime.end().await;
    }

    /// Gives back what is left undone, once nothing can go on with it, and leaves the database.
    async fn close(&self) {
        self.tasks.kill().await;
        if let Err(error) = self.data.outbox.release().await {
            tracing::warn!(
                error = chain(&error),
                "what was not finished is taken up again when its lease has run out"
            );
        }
        self.data.database.close().await;
    }

    /// Ends as if the process were killed: every task is dropped where it stands, nothing is
    /// finished, told or written. When this returns, nothing of the bot runs any more.
    pub async fn kill(self) {
        self.runtime.end().await;
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("busy", &self.busy())
            .finish_non_exhaustive()
    }
}
