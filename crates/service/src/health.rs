//! How the database is doing.

use crate::{Database, FailureCount, Pool};
use controllers::Result;
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, QueryResult, Statement};
use std::time::{Duration, Instant};

/// A snapshot for readiness checks and operators. Two round trips, and one to the replica where there is one.
#[derive(Debug, Clone)]
pub struct HealthReport {
    /// `PostgreSQL` or `SQLite`.
    pub backend: &'static str,
    /// As the server names itself.
    pub server_version: String,
    /// How long a trivial statement took, waiting for a connection included.
    pub latency: Duration,
    /// Whether the server follows another one and cannot write; a writer never stays on such a server.
    pub in_recovery: bool,
    /// How far the slowest standby is behind, where there is one and the role may know (`pg_monitor`).
    pub standby_lag: Option<Duration>,
    /// The server of [`Database::reader`], where it is another one.
    pub replica: Option<ReplicaHealth>,
    /// The writer's connections.
    pub pool: PoolUse,
    /// What failed since the start, the latest first.
    pub failures: Vec<FailureCount>,
    /// Migrations known to this binary that the database lacks.
    pub pending: Vec<String>,
    /// Migrations of the database that this binary does not know.
    pub unknown: Vec<String>,
}

/// How the server of the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplicaHealth {
    /// Whether it answers. Lists and statistics fail while it does not.
    pub reachable: bool,
    /// How far it is behind what it has heard of; `None` when it follows nobody, or does not answer.
    pub lag: Option<Duration>,
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
        let server = ask(conn, SERVER_SQLITE, SERVER_POSTGRES).await?;
        let latency = start.elapsed();
        let applied = Statement::from_string(conn.get_database_backend(), APPLIED);
        let applied = conn.query_all_raw(applied).await?;
        let applied = applied.iter().map(|row| row.try_get("", "version"));
        let applied = applied.collect::<Result<_, _>>()?;
        let status = migration::Status::of(applied);
        Ok(HealthReport {
            backend: match conn.get_database_backend() {
                DbBackend::Sqlite => "SQLite",
                _ => "PostgreSQL",
            },
            server_version: server.try_get("", "version")?,
            latency,
            in_recovery: server.try_get("", "recovery")?,
            standby_lag: seconds(&server)?,
            replica: self.replica().await,
            pool: self.pool_use(),
            failures: conn.observer().failures(),
            pending: status.pending,
            unknown: status.unknown,
        })
    }

    async fn replica(&self) -> Option<ReplicaHealth> {
        let reader = self.other_reader()?;
        let answer = ask(reader, REPLICA_SQLITE, REPLICA_POSTGRES).await;
        Some(ReplicaHealth {
            reachable: answer.is_ok(),
            lag: answer.ok().and_then(|row| seconds(&row).ok().flatten()),
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

const APPLIED: &str = "SELECT version FROM seaql_migrations ORDER BY version";
const SERVER_SQLITE: &str = "SELECT sqlite_version() AS version, false AS recovery, NULL AS lag";
const SERVER_POSTGRES: &str =
    "SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS recovery,
    (SELECT extract(epoch FROM max(replay_lag))::float8 FROM pg_stat_replication) AS lag";
const REPLICA_SQLITE: &str = "SELECT NULL AS lag";
/// An idle primary sends nothing, so the age of the last transaction alone would grow for ever.
const REPLICA_POSTGRES: &str = "SELECT CASE WHEN NOT pg_is_in_recovery() THEN NULL
    WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
    ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END::float8 AS lag";

/// The one row of a question that each database is asked in its own words.
async fn ask(pool: &Pool, sqlite: &str, postgres: &str) -> Result<QueryResult> {
    let backend = pool.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => sqlite,
        _ => postgres,
    };
    let row = pool
        .query_one_raw(Statement::from_string(backend, sql))
        .await?;
    Ok(row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))?)
}

fn seconds(row: &QueryResult) -> Result<Option<Duration>, DbErr> {
    let lag: Option<f64> = row.try_get("", "lag")?;
    Ok(lag.and_then(|lag| Duration::try_from_secs_f64(lag).ok()))
}
