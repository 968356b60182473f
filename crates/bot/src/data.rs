//! What every command, event and task shares.

use crate::{
    command::{Catalog, Limiter},
    guild_settings::GuildSettingsCache,
    metrics::Metrics,
    outbox::Outbox,
    screen::Signer,
    storage::Storage,
    text::Texts,
};
use chrono::{DateTime, Utc};
use controllers::Clock;
use service::Database;
use std::{collections::BTreeSet, fmt, ops::Deref, sync::Arc};

/// A handle on what everything shares. Cheap to clone.
#[derive(Clone)]
pub struct Data(Arc<Shared>);

/// What everything shares.
pub struct Shared {
    /// The database.
    pub database: Database,
    /// Everything the bot says.
    pub texts: Arc<Texts>,
    /// Time.
    pub clock: Clock,
    /// Users who operate the bot.
    pub operators: BTreeSet<u64>,
    /// What is counted.
    pub metrics: Metrics,
    /// Whether the database answers.
    pub storage: Storage,
    /// What each guild has configured, in memory.
    pub guilds: GuildSettingsCache,
    /// How often people may use commands.
    pub limiter: Limiter,
    /// What the bot owes.
    pub outbox: Outbox,
    /// Signs components.
    pub signer: Signer,
    /// Every command.
    pub commands: Catalog,
    /// When the bot started.
    pub started: DateTime<Utc>,
}

impl Data {
    /// Shares it.
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for Data {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Data")
    }
}
