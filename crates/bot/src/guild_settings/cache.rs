//! The settings of the guilds that were used lately.

use super::{Configured, GuildSettings, configured};
use crate::{
    failure::{Failure, Result},
    on_error::chain,
    recent::Recent,
    storage::Storage,
    tasks::Tasks,
    text::Lang,
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use poise::serenity_prelude::GuildId;
use service::Database;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// At least so many guilds are remembered, and at most twice as many. A shard has 2,500.
const GUILDS: usize = 10_000;
/// How long the prefix is used without a look at whether another process has changed it. A change in
/// this process counts at once.
const UNSEEN: TimeDelta = TimeDelta::seconds(30);

/// Settings of the guilds that were asked for. Clones share them.
#[derive(Clone)]
pub struct GuildSettingsCache(Arc<Inner>);

struct Inner {
    database: Database,
    storage: Storage,
    tasks: Tasks,
    default: Arc<GuildSettings>,
    known: Mutex<Known>,
}

struct Known {
    guilds: Recent<GuildId, Entry>,
    /// How often a guild was forgotten: what was read before the last time may be out of date.
    forgotten: u64,
}

struct Entry {
    configured: Arc<Configured>,
    /// When this was last known to be what is stored.
    seen_at: DateTime<Utc>,
}

/// What a guild has configured, and whether that is certain.
#[derive(Debug, Clone)]
pub struct Current {
    /// What was read.
    pub configured: Arc<Configured>,
    /// `None`: it is what is stored. Otherwise the database does not answer, and this was so then.
    pub stale_since: Option<DateTime<Utc>>,
}

impl GuildSettingsCache {
    /// Nothing is known yet. Direct messages, and guilds that nobody has asked for when the database
    /// goes away, have the defaults.
    pub fn new(
        database: Database,
        storage: Storage,
        tasks: Tasks,
        prefix: &str,
        language: &str,
    ) -> Self {
        let default = Arc::new(GuildSettings {
            prefix: prefix.to_owned(),
            lang: Lang::parse(language).unwrap_or_default(),
            timezone: Tz::UTC,
            public_reply: true,
        });
        let known = Known {
            guilds: Recent::new(GUILDS),
            forgotten: 0,
        };
        Self(Arc::new(Inner {
            database,
            storage,
            tasks,
            default,
            known: Mutex::new(known),
        }))
    }

    /// The settings of a guild from memory, or the defaults in a direct message. Asks the database
    /// for a guild that is not known.
    pub async fn settings(&self, guild: Option<GuildId>) -> Arc<GuildSettings> {
        let Some(guild) = guild else {
            return Arc::clone(&self.0.default);
        };
        if let Some(known) = self.remembered(guild) {
            return known;
        }
        match self.0.storage.ask(self.read(guild)).await {
            Ok(configured) => Arc::clone(&configured.settings),
            // Not remembered: the next message asks again.
            Err(failure) => {
                if !matches!(failure, Failure::StorageAway) {
                    tracing::warn!(
                        error = chain(&failure),
                        guild.id = guild.get(),
                        "guild settings unavailable"
                    );
                }
                Arc::clone(&self.0.default)
            }
        }
    }

    /// Everything that a guild has configured, as it is stored now. One statement while nothing
    /// changes; six after a change. While the database is away: what was known of the guild, marked
    /// as stale.
    ///
    /// # Errors
    /// [`Failure::StorageAway`] when nothing is known; [`Failure::Data`].
    pub async fn current(&self, guild: GuildId) -> Result<Current> {
        match self.0.storage.ask(self.read(guild)).await {
            Ok(configured) => Ok(Current {
                configured,
                stale_since: None,
            }),
            Err(Failure::StorageAway) => {
                let mut known = self.lock();
                let entry = known.guilds.get(&guild).ok_or(Failure::StorageAway)?;
                Ok(Current {
                    configured: Arc::clone(&entry.configured),
                    stale_since: Some(entry.seen_at),
                })
            }
            Err(failure) => Err(failure),
        }
    }

    /// Forgets a guild whose settings were changed.
    pub fn forget(&self, guild: GuildId) {
        let mut known = self.lock();
        known.guilds.remove(&guild);
        known.forgotten += 1;
    }

    /// How many guilds are remembered.
    pub fn len(&self) -> usize {
        self.lock().guilds.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is in memory. When nobody has looked for a while, somebody looks now, and the next
    /// message knows.
    fn remembered(&self, guild: GuildId) -> Option<Arc<GuildSettings>> {
        let now = self.0.database.clock().now();
        let mut known = self.lock();
        let entry = known.guilds.get(&guild)?;
        if now - entry.seen_at >= UNSEEN && !self.0.storage.is_away() {
            let cache = self.clone();
            // One look at a time. A failed one leaves everything as it is.
            entry.seen_at = now;
            self.0.tasks.spawn("guild settings", async move {
                drop(cache.0.storage.ask(cache.read(guild)).await);
            });
        }
        Some(Arc::clone(&entry.configured.settings))
    }

    /// What is stored now, from memory where that is the same.
    async fn read(&self, guild: GuildId) -> controllers::Result<Arc<Configured>> {
        let db = self.0.database.db().guild(guild.get().cast_signed());
        let forgotten = self.lock().forgotten;
        let version = configured::version(db).await?;
        let seen_at = db.all_guilds().clock().now();
        if let Some(entry) = self.lock().guilds.get(&guild)
            && entry.configured.version == version
        {
            entry.seen_at = seen_at;
            return Ok(Arc::clone(&entry.configured));
        }
        let configured = Arc::new(Configured::load(db, version, &self.0.default).await?);
        let mut known = self.lock();
        let older = known
            .guilds
            .get(&guild)
            .is_none_or(|entry| entry.configured.version <= version);
        if known.forgotten == forgotten && older {
            let entry = Entry {
                configured: Arc::clone(&configured),
                seen_at,
            };
            known.guilds.insert(guild, entry);
        }
        Ok(configured)
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
