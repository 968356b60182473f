//! Plain SQL, through the pool and around it.

use controllers::Executor;
use sea_orm::{DbErr, Statement, TryGetable};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

/// The only value that a query returns.
pub(crate) async fn value<T: TryGetable>(conn: &impl Executor, sql: &str) -> Result<T, DbErr> {
    let statement = Statement::from_string(conn.get_database_backend(), sql);
    let row = conn.query_one_raw(statement).await?;
    row.unwrap().try_get_by_index(0)
}

/// How many facts about the installation another connection sees.
pub(crate) async fn facts_seen_from_outside(url: &str) -> i64 {
    let count = "SELECT count(*) FROM instance";
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        let count = sqlx::query_scalar(count).fetch_one(&mut connection);
        count.await.unwrap()
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        let count = sqlx::query_scalar(count).fetch_one(&mut connection);
        count.await.unwrap()
    }
}

/// Runs a statement on a connection of its own.
pub(crate) async fn execute_outside(url: &str, sql: &str) {
    let script = sqlx::raw_sql(AssertSqlSafe(sql));
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        script.execute(&mut connection).await.unwrap();
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        script.execute(&mut connection).await.unwrap();
    }
}
