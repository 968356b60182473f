//! A bot of its own for each test, in a Discord and on a database of its own.
//!
//! ```ignore
//! #[tokio::test]
//! async fn a_moderator_bans() {
//!     World::each(async |world| {
//!         let seen = world.play("mod: !ban @troll -reason spam").await;
//!         assert_eq!(seen.only(ShownKind::Ban).target.as_deref(), Some("troll"));
//!     })
//!     .await;
//! }
//! ```

use crate::seen::Seen;
use bot::{
    app::App,
    sandbox::{SCRIPT_TIME, Stage, settings},
    text::{Lang, Message},
};
use chrono::{DateTime, Utc};
use controllers::{Clock, GuildDb};
use discord_sim::{Act, Line, Refusal, Sim, SimBuilder, SimClock};
use service::Pool;
use settings::Settings;
use std::time::Duration;
use test_support::{FreshDatabase, sqlite};

/// How long a test waits for something before it says that it never came.
const PATIENCE: Duration = Duration::from_secs(30);

/// Discord, the bot and its database. Time stands still unless a test lets it pass.
pub(crate) struct World {
    /// Discord.
    pub(crate) sim: Sim,
    /// Gone only while the bot is between two lives.
    stage: Option<Stage>,
    /// How much of what Discord shows was looked at.
    looked_at: usize,
    database: FreshDatabase,
}

impl World {
    /// Runs a test on every kind of database that can be had.
    pub(crate) async fn each(test: impl AsyncFn(&mut Self)) {
        Self::each_with(|_, _| {}, test).await;
    }

    /// The same with other settings of the bot.
    pub(crate) async fn each_with(
        change: impl Fn(&Sim, &mut Settings) + Sync,
        test: impl AsyncFn(&mut Self),
    ) {
        for database in FreshDatabase::migrated().await {
            let mut world = Self::start(database, &change).await;
            Box::pin(test(&mut world)).await;
            world.end();
        }
    }

    /// Runs a slow test, whose subject is not the database, on SQLite alone.
    pub(crate) async fn once(test: impl AsyncFn(&mut Self)) {
        Self::once_with(|_, _| {}, test).await;
    }

    /// The same with other settings of the bot.
    pub(crate) async fn once_with(
        change: impl Fn(&Sim, &mut Settings) + Sync,
        test: impl AsyncFn(&mut Self),
    ) {
        let mut world = Self::start(sqlite::migrated().await, &change).await;
        Box::pin(test(&mut world)).await;
        world.end();
    }

    /// The sandbox's world: moderation goes to `#mod-log`.
    pub(crate) async fn start(
        database: FreshDatabase,
        change: &(impl Fn(&Sim, &mut Settings) + Sync),
    ) -> Self {
        let sim = discord().start().await.expect("a free port");
        let mut settings = settings(&sim, &database.url);
        change(&sim, &mut settings);
        let stage = Stage::start(sim.clone(), settings, clock());
        let stage = Box::pin(stage).await.expect("the bot starts");
        stage.set_mod_log().await.expect("the log can be set");
        Self {
            looked_at: sim.shown(0).len(),
            sim,
            stage: Some(stage),
            database,
        }
    }

    /// Plays a line, waits for everything that follows from it, and gives what Discord showed.
    #[track_caller]
    pub(crate) fn play(&mut self, line: &str) -> impl Future<Output = Seen> {
        let parsed = Line::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        async move {
            match parsed {
                Line::Act(act) => {
                    let done = self.sim.perform(&act).await;
                    done.unwrap_or_else(|refusal| panic!("{act}: {refusal}"));
                    self.settle().await;
                }
                Line::Wait(time) => self.stage().wait(time).await.expect("the database"),
                Line::Restart => self.restart().await,
                other => panic!("{other} is nothing to play"),
            }
            self.look()
        }
    }

    /// Does what a line says without waiting for what follows, as with a request that is held.
    pub(crate) async fn begin(&self, line: &str) {
        let done = self.sim.perform(&act(line)).await;
        done.unwrap_or_else(|refusal| panic!("{line}: {refusal}"));
    }

    /// What Discord's own client says to a line that it does not let through.
    pub(crate) async fn refused(&self, line: &str) -> Refusal {
        let done = self.sim.perform(&act(line)).await;
        done.expect_err("Discord lets it through")
    }

    /// Waits until something is so, which is looked at whenever Discord has settled.
    pub(crate) async fn until(&self, what: &str, so: impl Fn(&Self) -> bool + Sync) {
        let wait = async {
            while !so(self) {
                self.sim.settled().await;
                tokio::task::yield_now().await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, wait).await;
        came.unwrap_or_else(|_| panic!("it never came to pass: {what}"));
    }

    /// Waits until a request to this path is held by a fault.
    pub(crate) async fn held(&self, method: &str, path: &str) {
        self.until(&format!("{method} {path} is held"), |world| {
            let waits = |request: &discord_sim::Request| {
                request.method == method && request.path.contains(path) && request.status.is_none()
            };
            world.sim.requests().iter().any(waits)
        })
        .await;
    }

    /// Waits until the bot has answered everything.
    pub(crate) async fn settle(&self) {
        let settled = tokio::time::timeout(PATIENCE, self.stage().settle()).await;
        settled
            .expect("the bot comes to rest")
            .expect("the database");
    }

    /// Waits for one answer of the bot, and for nothing that follows from it.
    pub(crate) async fn next_answer(&mut self) -> String {
        let looked_at = self.looked_at;
        let answer = |world: &Self| Seen(world.sim.shown(looked_at)).answers();
        self.until("the bot answers", |world| !answer(world).is_empty())
            .await;
        let answers = answer(self);
        self.look();
        answers.into_iter().next().unwrap_or_default()
    }

    /// What Discord has shown since the last look.
    pub(crate) fn look(&mut self) -> Seen {
        let new = self.sim.shown(self.looked_at);
        self.looked_at += new.len();
        Seen(new)
    }

    /// Waits until a bot whose session was just harmed has one that works.
    pub(crate) async fn returned(&self) {
        // The harmed connection is gone when it no longer has to answer.
        self.sim.settled().await;
        self.sim.connected().await;
    }

    /// Lets time pass for Discord and the bot without waiting for what follows.
    pub(crate) fn let_pass(&self, time: Duration) {
        self.sim.clock().advance(time);
        self.app().data().clock.advance(time);
    }

    /// Kills the bot and starts it again on the same database.
    pub(crate) async fn restart(&mut self) {
        let stage = self.stage.take().expect("a bot");
        let stage = Box::pin(stage.restart()).await;
        self.stage = Some(stage.expect("the bot starts again"));
    }

    pub(crate) fn app(&self) -> &App {
        self.stage().app()
    }

    /// The controllers of the guild.
    pub(crate) fn db(&self) -> GuildDb<'_, Pool> {
        let guild = self.sim.guild_id().cast_signed();
        self.app().data().database.db().guild(guild)
    }

    /// Where the bot's database is.
    pub(crate) fn database_url(&self) -> &str {
        &self.database.url
    }

    /// A text of the bot in English, with which an answer can be compared.
    pub(crate) fn words(&self, message: &Message) -> String {
        self.app().data().texts.render(&Lang::english(), message)
    }

    /// Ends the bot in good order.
    pub(crate) async fn stop(&mut self) {
        self.stage.take().expect("a bot").end().await;
    }

    /// The bot is dropped, which is quicker than an orderly end.
    pub(crate) fn end(self) {
        let missing = self.sim.unimplemented();
        assert!(
            missing.is_empty(),
            "Discord has no such routes here: {missing:?}"
        );
    }

    fn stage(&self) -> &Stage {
        self.stage.as_ref().expect("a bot")
    }
}

impl Drop for World {
    /// A failed test shows what happened.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let kind = self.database.url.split(':').next().unwrap_or_default();
            eprintln!("On {kind}, Discord showed:\n{}", Seen(self.sim.shown(0)));
        }
    }
}

/// Discord as the worlds have it.
pub(crate) fn discord() -> SimBuilder {
    Sim::builder()
        .seed(7)
        .clock(SimClock::fixed(start_time().timestamp_millis()))
}

pub(crate) fn clock() -> Clock {
    Clock::standing_at(start_time())
}

fn start_time() -> DateTime<Utc> {
    SCRIPT_TIME.parse().expect("a time")
}

#[track_caller]
fn act(line: &str) -> Act {
    match Line::parse(line) {
        Ok(Line::Act(act)) => act,
        other => panic!("{line} is nothing that a person does: {other:?}"),
    }
}
