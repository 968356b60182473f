//! SQL on either kind of database.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

/// The schema as text, one line for each table, column, constraint and index.
const POSTGRES_SCHEMA: &str = "
    SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    ORDER BY 1";
const SQLITE_SCHEMA: &str = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql";

pub(crate) fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

/// The first column of what a query returns.
pub(crate) async fn column(url: &str, sql: &str) -> Vec<String> {
    let query = AssertSqlSafe(sql);
    if is_sqlite(url) {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::query_scalar(query)
            .fetch_all(&mut connection)
            .await
            .unwrap()
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(query)
            .fetch_all(&mut connection)
            .await
            .unwrap()
    }
}

pub(crate) async fn execute(url: &str, sql: &str) {
    let script = sqlx::raw_sql(AssertSqlSafe(sql));
    if is_sqlite(url) {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        script.execute(&mut connection).await.unwrap();
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        script.execute(&mut connection).await.unwrap();
    }
}

pub(crate) async fn schema(url: &str) -> Vec<String> {
    column(
        url,
        if is_sqlite(url) {
            SQLITE_SCHEMA
        } else {
            POSTGRES_SCHEMA
        },
    )
    .await
}
