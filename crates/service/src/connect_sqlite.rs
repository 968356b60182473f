//! Connections to `SQLite`: one writer, many readers, every acknowledged row on disk.

use crate::{
    Error, Options,
    keeper::{Keeper, Manners},
};
use sqlx::{
    ConnectOptions as _, Sqlite, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, sync::Arc, time::Duration};

/// How long a connection waits for another process to release the file.
const BUSY: Duration = Duration::from_secs(5);

fn connect(url: &str) -> Result<SqliteConnectOptions, Error> {
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(Error::Url)?
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(500)
        // The observer does that, and tells the wait from the work.
        .disable_statement_logging())
}

/// The writer: one connection, so that writers queue instead of colliding. Its file stays in WAL mode.
pub(crate) fn writer(url: &str, options: &Options) -> Result<Arc<Keeper<Sqlite>>, Error> {
    let connect = connect(url)?.journal_mode(SqliteJournalMode::Wal);
    Ok(keeper(connect, options, 1))
}

/// The readers, which never wait for the writer and cannot write. (Opened read-only they could not even
/// switch a new file to WAL.)
pub(crate) fn readers(url: &str, options: &Options) -> Result<Arc<Keeper<Sqlite>>, Error> {
    let connect = connect(url)?.pragma("query_only", "ON");
    Ok(keeper(connect, options, options.pool_max))
}

fn keeper(connect: SqliteConnectOptions, options: &Options, max: u32) -> Arc<Keeper<Sqlite>> {
    let pool = SqlitePoolOptions::new()
        .max_connections(max)
        .acquire_timeout(options.acquire_timeout)
        // A file has no server that could go away.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(connect);
    let manners = Manners {
        max,
        patience: options.acquire_timeout,
        answer: None,
        writer: true,
    };
    Keeper::over(pool, manners)
}

/// A connection to a file is good for as long as it is open.
pub(crate) async fn is_fit(_: &mut SqliteConnection, _: bool) -> Result<bool, sqlx::Error> {
    Ok(true)
}

/// `SQLite` has nothing of the kind; the controllers know.
pub(crate) async fn copy_in(
    _: &mut SqliteConnection,
    _: &str,
    _: Vec<u8>,
) -> Result<u64, sqlx::Error> {
    Err(sqlx::Error::Protocol("SQLite has no COPY".to_owned()))
}
