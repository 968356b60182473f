//! One database of one test.

use tempfile::TempDir;

use crate::postgres::{self, Server};
use crate::sqlite;

/// A database that belongs to one test and is gone when this is dropped.
pub struct FreshDatabase {
    /// Where it is; `sqlite:` or `postgres:`.
    pub url: String,
    _guard: Guard,
}

#[expect(dead_code, reason = "held for what happens when it is dropped")]
pub(crate) enum Guard {
    File(TempDir),
    Database(postgres::Dropped),
}

impl FreshDatabase {
    pub(crate) fn new(url: String, guard: Guard) -> Self {
        Self { url, _guard: guard }
    }

    /// One database without a schema for each kind that can be had: SQLite, then PostgreSQL.
    ///
    /// # Panics
    /// When one cannot be made.
    pub async fn empty() -> Vec<Self> {
        let mut all = vec![sqlite::empty()];
        if let Some(server) = Server::get().await {
            all.push(server.empty_database().await);
        }
        all
    }

    /// One database with the current schema for each kind that can be had: SQLite, then PostgreSQL.
    ///
    /// # Panics
    /// When one cannot be made.
    pub async fn migrated() -> Vec<Self> {
        let mut all = vec![sqlite::migrated().await];
        if let Some(server) = Server::get().await {
            all.push(server.fresh_database().await);
        }
        all
    }
}
