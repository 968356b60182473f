//! A database as the bot has it: migrated, opened, and with a clock that stands still.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use controllers::{Clock, GuildDb};
use sea_orm::prelude::DateTimeUtc;
use service::{Database, Options, Pool};

use crate::FreshDatabase;

/// Where the clocks of test databases stand until a test advances them: 2027-03-01, noon.
pub const NOON: DateTimeUtc = DateTimeUtc::from_timestamp(1_803_902_400, 0).expect("in range");

/// An opened database that belongs to one test and is gone when this is dropped.
///
/// It is a [`Database`] in every respect; its clock stands at [`NOON`].
pub struct TestDatabase {
    database: Database,
    fresh: FreshDatabase,
}

impl TestDatabase {
    /// One migrated database for each kind that can be had: SQLite, then PostgreSQL.
    ///
    /// # Panics
    /// When one cannot be made or opened.
    pub async fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for fresh in FreshDatabase::migrated().await {
            all.push(Self::open(fresh).await);
        }
        all
    }

    /// Opens a database that a test has prepared.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(fresh: FreshDatabase) -> Self {
        let mut options = Options::new(&fresh.url);
        // That the machine is busy is not what a test is about.
        options.acquire_timeout = Duration::from_mins(1);
        let database = Database::connect(&options, Clock::standing_at(NOON)).await;
        Self {
            database: database.expect("a fresh database can be opened"),
            fresh,
        }
    }

    /// Where it is; `sqlite:` or `postgres:`.
    pub fn url(&self) -> &str {
        &self.fresh.url
    }

    /// Whether it is SQLite; PostgreSQL otherwise.
    pub fn is_sqlite(&self) -> bool {
        self.fresh.url.starts_with("sqlite:")
    }

    /// The controllers of a guild, which has a row from now on.
    ///
    /// # Panics
    /// When the row cannot be written.
    pub async fn guild(&self, id: i64) -> GuildDb<'_, Pool> {
        let guild = self.db().guild(id);
        let row = guild.guild().ensure("Rookery", 1).await;
        row.expect("a guild can be written");
        guild
    }
}

impl Deref for TestDatabase {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}

impl fmt::Debug for TestDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_sqlite() {
            "SQLite"
        } else {
            "PostgreSQL"
        })
    }
}
