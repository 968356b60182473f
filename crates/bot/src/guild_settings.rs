//! The few settings that are needed before a command is even found, kept in memory.

use crate::text::Lang;
use chrono_tz::Tz;
use controllers::{Executor, GuildDb};
use poise::serenity_prelude::GuildId;
use service::Database;
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock, RwLockWriteGuard},
};

/// Settings of one guild.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuildSettings {
    /// What prefix commands begin with.
    pub prefix: String,
    /// The language of public answers, logs and direct messages about the guild.
    pub lang: Lang,
    /// The zone in which times are read.
    pub timezone: Tz,
    /// Whether moderation answers are seen by the channel.
    pub public_reply: bool,
}

/// Settings of all guilds that were asked for. Dropped guild by guild when they change.
pub struct GuildSettingsCache {
    database: Database,
    default: Arc<GuildSettings>,
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    guilds: HashMap<GuildId, Arc<GuildSettings>>,
    /// How often a guild was forgotten: what was read before the last time may be out of date.
    forgotten: u64,
}

impl GuildSettingsCache {
    /// Nothing is known yet. Direct messages, and guilds while the database is away, have the defaults.
    pub fn new(database: Database, prefix: &str, language: &str) -> Self {
        let default = Arc::new(GuildSettings {
            prefix: prefix.to_owned(),
            lang: Lang::parse(language).unwrap_or_default(),
            timezone: Tz::UTC,
            public_reply: true,
        });
        Self {
            database,
            default,
            known: RwLock::default(),
        }
    }

    /// The settings of a guild, or the defaults in a direct message. Asks the database once per guild.
    pub async fn settings(&self, guild: Option<GuildId>) -> Arc<GuildSettings> {
        let Some(guild) = guild else {
            return Arc::clone(&self.default);
        };
        let forgotten = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(settings) = known.guilds.get(&guild) {
                return Arc::clone(settings);
            }
            known.forgotten
        };
        match self
            .read(self.database.db().guild(guild.get().cast_signed()))
            .await
        {
            Ok(settings) => {
                let settings = Arc::new(settings);
                let mut known = self.write();
                if known.forgotten == forgotten {
                    known.guilds.insert(guild, Arc::clone(&settings));
                }
                settings
            }
            // Not remembered: the next message asks again.
            Err(error) => {
                tracing::warn!(%error, guild.id = guild.get(), "guild settings unavailable");
                Arc::clone(&self.default)
            }
        }
    }

    /// Forgets a guild whose settings were changed.
    pub fn forget(&self, guild: GuildId) {
        let mut known = self.write();
        known.guilds.remove(&guild);
        known.forgotten += 1;
    }

    async fn read<C: Executor>(&self, db: GuildDb<'_, C>) -> controllers::Result<GuildSettings> {
        use controllers::Crud as _;
        let Some(config) = db.config().find(db.id()).await? else {
            return Ok(GuildSettings::clone(&self.default));
        };
        Ok(GuildSettings {
            prefix: config.prefix,
            lang: Lang::parse(&config.language).unwrap_or_default(),
            timezone: config.timezone.parse().unwrap_or(Tz::UTC),
            public_reply: config.public_reply,
        })
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}
