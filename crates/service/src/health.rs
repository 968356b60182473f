//! How the database is doing.

use crate::Database;
use controllers::{Executor, Result};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::time::{Duration, Instant};

/// A snapshot for readiness checks and operators. Two round trips.
#[derive(Debug, Clone)]
pub struct HealthReport {
    /// `PostgreSQL` or `SQLite`.
    pub backend: &'static str,
    /// As the server names itself.
    pub server_version: String,
    /// How long a trivial statement took, waiting for a connection included.
    pub latency: Duration,
    /// The writer's connections.
    pub pool: PoolUse,
    /// Migrations known to this binary that the database lacks.
    pub pending: Vec<String>,
    /// Migrations of the database that this binary does not know.
    pub unknown: Vec<String>,
}

/// Connections of a pool and calls on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    /// Most connections that there may be.
    pub max: u32,
    /// Connections at work, in transactions included.
    pub in_use: u32,
    /// Connections at rest.
    pub idle: u32,
    /// Calls that wait for a connection.
    pub waiting: usize,
    /// Calls since the start.
    pub calls: u64,
    /// Those of them that failed.
    pub failed: u64,
}

impl HealthReport {
    /// Whether the schema is the one this binary was built for.
    pub fn is_current(&self) -> bool {
        self.pending.is_empty() && self.unknown.is_empty()
    }
}

impl Database {
    /// Asks the database how it is.
    ///
    /// # Errors
    /// [`controllers::Error::Connection`] or [`controllers::Error::PoolTimeout`] when it does not answer.
    pub async fn health(&self) -> Result<HealthReport> {
        let conn = self.db().conn();
        let start = Instant::now();
        let server_version = text(
            conn,
            match conn.get_database_backend() {
                DbBackend::Sqlite => "SELECT sqlite_version() AS v",
                _ => "SELECT current_setting('server_version') AS v",
            },
        )
        .await?
        .pop()
        .unwrap_or_default();
        let latency = start.elapsed();
        let applied = text(
            conn,
            "SELECT version AS v FROM seaql_migrations ORDER BY version",
        )
        .await?;
        let status = migration::Status::of(applied);
        Ok(HealthReport {
            backend: match conn.get_database_backend() {
                DbBackend::Sqlite => "SQLite",
                _ => "PostgreSQL",
            },
            server_version,
            latency,
            pool: self.pool_use(),
            pending: status.pending,
            unknown: status.unknown,
        })
    }

    /// The writer's connections, without asking the database.
    pub fn pool_use(&self) -> PoolUse {
        let (max, in_use, idle, waiting) = self.db().conn().usage();
        let (calls, failed) = self.db().conn().observer().calls();
        PoolUse {
            max,
            in_use,
            idle,
            waiting,
            calls,
            failed,
        }
    }
}

async fn text(conn: &impl Executor, sql: &str) -> Result<Vec<String>> {
    let statement = Statement::from_string(conn.get_database_backend(), sql);
    let rows = conn.query_all_raw(statement).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("", "v"))
        .collect::<Result<_, _>>()?)
}
