//! Connections to `SQLite`: one writer, many readers, every acknowledged row on disk.

use crate::{Error, Options};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

/// How long a connection waits for another process to release the file.
const BUSY: Duration = Duration::from_secs(5);

fn connect(url: &str) -> Result<SqliteConnectOptions, Error> {
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(Error::Url)?
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(500))
}

/// The writer: one connection, so that writers queue instead of colliding. Its file stays in WAL mode.
pub(crate) fn writer(url: &str, options: &Options) -> Result<SqlitePool, Error> {
    Ok(pool(options, 1).connect_lazy_with(connect(url)?.journal_mode(SqliteJournalMode::Wal)))
}

/// The readers, which never wait for the writer and cannot write. (Opened read-only they could not even
/// switch a new file to WAL.)
pub(crate) fn readers(url: &str, options: &Options) -> Result<SqlitePool, Error> {
    Ok(pool(options, options.pool_max).connect_lazy_with(connect(url)?.pragma("query_only", "ON")))
}

fn pool(options: &Options, max: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(max)
        .acquire_timeout(options.acquire_timeout)
        // A file has no server that could go away.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}
