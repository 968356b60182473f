//! The settings of one guild as they were at one moment.

use crate::{permission::Rules, text::Lang};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use controllers::{Crud as _, Executor, GuildDb, Result};
use entity::{guild_config, value::CounterKey};
use std::sync::Arc;

/// What is needed before a command is even found.
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

/// Everything that a guild has configured, read together.
#[derive(Debug)]
pub struct Configured {
    /// The row of settings; the defaults for a guild without one.
    pub config: guild_config::Model,
    /// What of it is needed most.
    pub settings: Arc<GuildSettings>,
    /// Who may do what.
    pub rules: Arc<Rules>,
    pub(super) version: Version,
}

/// Grows with every change of a guild's settings: the counter of these changes, which the transaction
/// of each one takes. `None`: there was no change yet.
pub(super) type Version = Option<(i64, DateTime<Utc>)>;

/// The version that is stored now. One statement.
pub(super) async fn version<C: Executor>(db: GuildDb<'_, C>) -> Result<Version> {
    let row = db.counters().find((db.id(), CounterKey::Config)).await?;
    Ok(row.map(|row| (row.last, row.updated_at)))
}

impl Configured {
    /// Reads everything. `version` was read before: what changes meanwhile is read again the next
    /// time.
    pub(super) async fn load<C: Executor>(
        db: GuildDb<'_, C>,
        version: Version,
        default: &Arc<GuildSettings>,
    ) -> Result<Self> {
        let stored = db.config().find(db.id()).await?;
        let settings = match &stored {
            Some(config) => Arc::new(GuildSettings {
                prefix: config.prefix.clone(),
                lang: Lang::parse(&config.language).unwrap_or_default(),
                timezone: config.timezone.parse().unwrap_or(Tz::UTC),
                public_reply: config.public_reply,
            }),
            None => Arc::clone(default),
        };
        let config = stored.unwrap_or_else(|| db.config().defaults());
        Ok(Self {
            rules: Arc::new(Rules::under(&config, db).await?),
            config,
            settings,
            version,
        })
    }
}
