//! What the two databases do differently on one connection.

use crate::{connect_postgres, connect_sqlite};
use sea_orm::{DbBackend, ExecResult, QueryResult, Statement};
use sea_query_sqlx::SqlxValues;
use sqlx::{AssertSqlSafe, Executor as _, Postgres, Sqlite, query::Query};

type Answer<T> = Result<T, sqlx::Error>;

/// Statements in sea-orm's form on a connection in sqlx's.
pub(crate) trait Driver: sqlx::Database {
    const BACKEND: DbBackend;

    fn execute(
        connection: &mut Self::Connection,
        statement: Statement,
    ) -> impl Future<Output = Answer<ExecResult>> + Send;

    /// SQL as it is: several statements, no values, nothing cached.
    fn script(
        connection: &mut Self::Connection,
        sql: &str,
    ) -> impl Future<Output = Answer<ExecResult>> + Send;

    fn one(
        connection: &mut Self::Connection,
        statement: Statement,
    ) -> impl Future<Output = Answer<Option<QueryResult>>> + Send;

    fn all(
        connection: &mut Self::Connection,
        statement: Statement,
    ) -> impl Future<Output = Answer<Vec<QueryResult>>> + Send;

    /// COPY of rows in its text format; how many they were.
    fn copy_in(
        connection: &mut Self::Connection,
        sql: &str,
        rows: Vec<u8>,
    ) -> impl Future<Output = Answer<u64>> + Send;

    /// Whether a connection that has rested is good: alive, outside a transaction, and on a primary if it has to be.
    fn is_fit(
        connection: &mut Self::Connection,
        writer: bool,
    ) -> impl Future<Output = Answer<bool>> + Send;
}

/// The statement with its values, which it gives away.
fn query<DB: sqlx::Database>(statement: Statement) -> Query<'static, DB, SqlxValues>
where
    SqlxValues: sqlx::IntoArguments<DB>,
{
    // sea-query wrote the text; what a caller supplied is among the values.
    let sql = AssertSqlSafe(statement.sql);
    let values = statement.values.unwrap_or(sea_orm::Values(Vec::new()));
    sqlx::query_with(sql, SqlxValues(values))
}

macro_rules! driver {
    ($database:ty, $backend:expr, $is_fit:path, $copy_in:path) => {
        impl Driver for $database {
            const BACKEND: DbBackend = $backend;

            async fn execute(
                connection: &mut Self::Connection,
                statement: Statement,
            ) -> Answer<ExecResult> {
                let done = connection.execute(query::<Self>(statement)).await?;
                Ok(done.into())
            }

            async fn script(connection: &mut Self::Connection, sql: &str) -> Answer<ExecResult> {
                let sql = sqlx::raw_sql(AssertSqlSafe(sql));
                Ok(connection.execute(sql).await?.into())
            }

            async fn one(
                connection: &mut Self::Connection,
                statement: Statement,
            ) -> Answer<Option<QueryResult>> {
                let row = connection.fetch_optional(query::<Self>(statement)).await?;
                Ok(row.map(Into::into))
            }

            async fn all(
                connection: &mut Self::Connection,
                statement: Statement,
            ) -> Answer<Vec<QueryResult>> {
                let rows = connection.fetch_all(query::<Self>(statement)).await?;
                Ok(rows.into_iter().map(Into::into).collect())
            }

            async fn copy_in(
                connection: &mut Self::Connection,
                sql: &str,
                rows: Vec<u8>,
            ) -> Answer<u64> {
                $copy_in(connection, sql, rows).await
            }

            async fn is_fit(connection: &mut Self::Connection, writer: bool) -> Answer<bool> {
                $is_fit(connection, writer).await
            }
        }
    };
}

driver!(
    Postgres,
    DbBackend::Postgres,
    connect_postgres::is_fit,
    connect_postgres::copy_in
);
driver!(
    Sqlite,
    DbBackend::Sqlite,
    connect_sqlite::is_fit,
    connect_sqlite::copy_in
);
