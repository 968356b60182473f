//! Which statements take the most time.

use crate::Database;
use controllers::Result;
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, QueryResult, Statement};
use std::time::Duration;

/// A statement and the time that it took. Its text has placeholders where values were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlowQuery {
    /// The statement.
    pub text: String,
    /// How often it ran: every time for the server's list, the slow times for our own.
    pub calls: u64,
    /// The time of all calls.
    pub total: Duration,
    /// The longest call.
    pub max: Duration,
    /// Who has counted.
    pub source: SlowSource,
}

/// Who keeps a list of slow statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlowSource {
    /// `PostgreSQL`'s extension `pg_stat_statements`: all clients, since its statistics were reset.
    Server,
    /// This process: the last 256 of its own statements that took longer than [`Options::slow`](crate::Options::slow).
    Process,
}

impl SlowQuery {
    /// The time of one call, on average.
    pub fn mean(&self) -> Duration {
        self.total
            .checked_div(u32::try_from(self.calls).unwrap_or(u32::MAX))
            .unwrap_or_default()
    }
}

/// Utility statements may hold passwords; those of other databases are none of our business.
const STATEMENTS: &str =
    "SELECT query AS text, calls, total_exec_time AS total, max_exec_time AS longest
    FROM pg_stat_statements
    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND query ~* '^\\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\\M'
    ORDER BY total_exec_time DESC LIMIT $1";

impl Database {
    /// The `n` statements that took the most time in total, worst first: as the server has counted them where it has
    /// `pg_stat_statements`, else as this process has. At most two round trips.
    ///
    /// # Errors
    /// [`controllers::Error::Connection`] and its like when the server cannot be asked.
    pub async fn slow_queries(&self, n: u32) -> Result<Vec<SlowQuery>> {
        if let Some(told) = self.told_by_server(n).await? {
            return Ok(told);
        }
        let own = self.db().conn().observer().slowest().into_iter();
        let own = own.take(n as usize).map(|slow| SlowQuery {
            text: slow.text,
            calls: slow.calls,
            total: slow.total,
            max: slow.max,
            source: SlowSource::Process,
        });
        Ok(own.collect())
    }

    async fn told_by_server(&self, n: u32) -> Result<Option<Vec<SlowQuery>>> {
        let conn = self.db().conn();
        let backend = conn.get_database_backend();
        if backend == DbBackend::Sqlite {
            return Ok(None);
        }
        // The extension without its library would be an error.
        let there = "SELECT to_regclass('pg_stat_statements') IS NOT NULL
            AND EXISTS (SELECT FROM pg_settings WHERE name = 'pg_stat_statements.max') AS there";
        let there = conn
            .query_one_raw(Statement::from_string(backend, there))
            .await?;
        if there.map(|row| row.try_get("", "there")).transpose()? != Some(true) {
            return Ok(None);
        }
        let values = [i64::from(n).into()];
        let list = Statement::from_sql_and_values(backend, STATEMENTS, values);
        let rows = conn.query_all_raw(list).await?;
        let rows = rows.iter().map(read);
        Ok(Some(rows.collect::<Result<_, _>>()?))
    }
}

fn read(row: &QueryResult) -> Result<SlowQuery, DbErr> {
    let millis = |column| {
        let millis: f64 = row.try_get("", column)?;
        Ok::<_, DbErr>(Duration::try_from_secs_f64(millis / 1e3).unwrap_or_default())
    };
    Ok(SlowQuery {
        text: row.try_get("", "text")?,
        calls: row.try_get::<i64>("", "calls")?.unsigned_abs(),
        total: millis("total")?,
        max: millis("longest")?,
        source: SlowSource::Server,
    })
}
