//! A running bot in an imitated Discord, driven line by line.

use crate::{
    app::{App, Deps, EndError, StartError},
    data::Data,
};
use controllers::{Author, Clock, GuildDb, Tx};
use discord_sim::Sim;
use entity::value::LogKind;
use service::Retry;
use settings::{Listen, Secret, Settings};
use std::time::Duration;
use tokio::sync::watch;

/// Signs the sandbox's buttons: they work again in a later sandbox on the same database.
const SANDBOX_KEY: &str = "the sandbox guards nothing";
/// Where the bot writes moderation, in the world that `discord-sim` begins with.
pub(super) const MOD_LOG: &str = "mod-log";

/// Discord, the bot, and a clock that both follow.
#[derive(Debug)]
pub struct Stage {
    sim: Sim,
    app: App,
    deps: Deps,
    /// What whichever bot is on the stage shares, for those who look on.
    data: watch::Sender<Data>,
}

/// Why a stage could not be set.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StageError {
    /// The bot did not start.
    #[error("the bot did not start")]
    Bot(#[from] StartError),
    /// The bot was turned away.
    #[error("the bot did not stay")]
    Ended(#[from] EndError),
    /// The bot's database could not be read or written.
    #[error("the bot's database could not be read or written")]
    Database(#[from] controllers::Error),
}

/// The settings of a bot for this Discord and this database. Nothing of the user's own is read.
pub fn settings(sim: &Sim, database_url: &str) -> Settings {
    let mut settings = Settings::default();
    settings.discord.token = Some(Secret::new(sim.token()));
    settings.discord.api_url = Some(sim.url());
    settings.database.url = Secret::new(database_url);
    settings.secrets.key = Some(Secret::new(SANDBOX_KEY));
    // A script is as fast as it can be, and its time stands still.
    settings.bot.rate_limits = false;
    settings.http.listen = Listen::Off;
    settings
}

impl Stage {
    /// Starts the bot and waits until it is there. `clock` and the clock of `sim` should agree.
    ///
    /// # Errors
    /// [`StageError::Bot`].
    pub async fn start(sim: Sim, settings: Settings, clock: Clock) -> Result<Self, StageError> {
        let deps = Deps { settings, clock };
        let app = connected(&sim, &deps).await?;
        let data = watch::Sender::new(app.data().clone());
        let stage = Self {
            sim,
            app,
            deps,
            data,
        };
        stage.settle().await?;
        Ok(stage)
    }

    /// Sends moderation to `#mod-log`, unless the guild has chosen a channel already.
    ///
    /// # Errors
    /// [`StageError::Database`].
    pub async fn set_mod_log(&self) -> Result<(), StageError> {
        let (Some(owner), Some(channel)) =
            (self.sim.user_id("owner"), self.sim.channel_id(MOD_LOG))
        else {
            return Ok(());
        };
        let guild = self.sim.guild_id().cast_signed();
        let (owner, channel) = (owner.cast_signed(), channel.cast_signed());
        let database = &self.app.data().database;
        database
            .transaction(Retry::DEFAULT, |db| {
                Box::pin(route_mod_log(db.guild(guild), owner, channel))
            })
            .await?;
        Ok(())
    }

    /// Discord.
    pub fn sim(&self) -> &Sim {
        &self.sim
    }

    /// The bot.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// What the bot on the stage shares; changes when another one is started.
    pub fn data(&self) -> watch::Receiver<Data> {
        self.data.subscribe()
    }

    /// Whether the bot's database was taken away on purpose.
    pub fn lacks_database(&self) -> bool {
        self.app.data().database.outage().is_on()
    }

    /// Kills the bot and starts another one on the same database and in the same Discord.
    ///
    /// # Errors
    /// [`StageError::Bot`]; nobody is on the stage then.
    pub async fn restart(self) -> Result<Self, StageError> {
        let Self {
            sim,
            app,
            deps,
            data,
        } = self;
        app.kill().await;
        let app = connected(&sim, &deps).await?;
        data.send_replace(app.data().clone());
        let stage = Self {
            sim,
            app,
            deps,
            data,
        };
        stage.settle().await?;
        Ok(stage)
    }

    /// Lets time pass for Discord and the bot alike, then waits until what fell due is done.
    ///
    /// # Errors
    /// [`StageError::Database`].
    pub async fn wait(&self, time: Duration) -> Result<(), StageError> {
        self.sim.clock().advance(time);
        self.deps.clock.advance(time);
        self.settle().await
    }

    /// Waits until everything has been answered: the bot is there, has taken every event, done all
    /// work, and owes nothing that is due.
    ///
    /// # Errors
    /// [`StageError::Database`]; [`StageError::Ended`] when Discord has turned the bot away.
    pub async fn settle(&self) -> Result<(), StageError> {
        let data = self.app.data();
        loop {
            self.took_all().await?;
            data.outbox.quiet().await?;
            self.took_all().await?;
            // What came between the two looks may have made new work.
            if self.app.busy() == 0 && !data.database.db().obligations().any_due().await? {
                return Ok(());
            }
        }
    }

    /// Waits until the bot has taken every event, which it does only while it is connected.
    async fn took_all(&self) -> Result<(), StageError> {
        let taken = async {
            self.sim.connected().await;
            self.sim.settled().await;
        };
        tokio::select! {
            () = taken => Ok(()),
            ended = self.app.ended() => ended.map_err(StageError::from),
        }
    }

    /// Stops the bot in good order, then Discord.
    pub async fn end(self) {
        self.app.stop().await;
        self.sim.stop().await;
    }
}

async fn connected(sim: &Sim, deps: &Deps) -> Result<App, StageError> {
    let app = App::start(deps.clone()).await?;
    tokio::select! {
        () = async {
            app.connected().await;
            sim.connected().await;
        } => Ok(app),
        ended = app.ended() => ended.map(|()| app).map_err(StageError::from),
    }
}

async fn route_mod_log(
    guild: GuildDb<'_, Tx>,
    owner: i64,
    channel: i64,
) -> controllers::Result<()> {
    guild.guild().ensure("Rookery", owner).await?;
    if guild.log_channels().of(LogKind::Mod).await?.is_none() {
        let author = Author::of_command(owner);
        guild
            .log_channels()
            .route(LogKind::Mod, channel, author)
            .await?;
    }
    Ok(())
}
