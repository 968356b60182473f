//! The floor: the same statements, written by hand with sqlx on its ordinary pool.
//!
//! Texts are constants, rows are tuples read by position, nothing is built at run time. One text serves
//! both databases wherever they agree, which is nearly everywhere.

#![expect(
    clippy::disallowed_methods,
    reason = "hand-written code takes the time from the system"
)]

mod case;
mod many_postgres;
mod many_sqlite;
mod single;

use std::str::FromStr;

use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{contender::Own, ground::Size};

/// How many connections every contender has.
pub(crate) const CONNECTIONS: u32 = 16;

/// Hand-written code for PostgreSQL.
pub(crate) struct PostgresFloor {
    pub(crate) writer: PgPool,
    reader: PgPool,
    size: Size,
    own: Own,
}

impl PostgresFloor {
    pub(crate) async fn connect(url: &str, size: Size, seat: u64) -> anyhow::Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .test_before_acquire(false)
            .connect_with(PgConnectOptions::from_str(url)?)
            .await?;
        Ok(Self {
            writer: pool.clone(),
            reader: pool,
            size,
            own: Own::new(seat),
        })
    }
}

/// Hand-written code for SQLite: one connection that writes, others that read.
pub(crate) struct SqliteFloor {
    pub(crate) writer: SqlitePool,
    reader: SqlitePool,
    size: Size,
    own: Own,
}

impl SqliteFloor {
    pub(crate) async fn connect(url: &str, size: Size, seat: u64) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let pool = |most| {
            SqlitePoolOptions::new()
                .max_connections(most)
                .test_before_acquire(false)
                .connect_with(options.clone())
        };
        Ok(Self {
            writer: pool(1).await?,
            reader: pool(CONNECTIONS).await?,
            size,
            own: Own::new(seat),
        })
    }
}
