//! Every connection of a pool is set up alike, not only the first one.

use std::time::{Duration, Instant};

use controllers::{Clock, Error, Tx};
use sea_orm::ConnectionTrait;
use service::{Database, Options};
use test_support::postgres::Server;
use test_support::{FreshDatabase, TestDatabase};

use crate::sql::value;

/// `P15`.
#[tokio::test]
async fn the_third_connection_of_postgres_has_the_settings_too() {
    let Some(server) = Server::get().await else {
        return;
    };
    let fresh = server.fresh_database().await;
    let options = Options {
        statement_timeout: Some(Duration::from_millis(12_345)),
        ..Options::new(&fresh.url)
    };
    let database = Database::connect(&options, Clock::system()).await.unwrap();
    // Held at the same time, they are three connections.
    let held: Vec<Tx> = vec![
        database.begin().await.unwrap(),
        database.begin().await.unwrap(),
        database.begin().await.unwrap(),
    ];
    assert!(database.pool_use().in_use >= 3);
    for tx in &held {
        let setting = async |name: &str| {
            let sql = format!("SELECT current_setting('{name}')");
            value::<String>(tx, &sql).await.unwrap()
        };
        assert_eq!(setting("statement_timeout").await, "12345ms");
        assert_eq!(setting("lock_timeout").await, "12345ms");
        assert_eq!(setting("idle_in_transaction_session_timeout").await, "1min");
        assert_eq!(setting("application_name").await, "rookery");
    }
}

#[tokio::test]
async fn a_pooler_can_be_spared_the_settings() {
    let Some(server) = Server::get().await else {
        return;
    };
    let fresh = server.fresh_database().await;
    let options = Options {
        statement_timeout: None,
        ..Options::new(&fresh.url)
    };
    let database = Database::connect(&options, Clock::system()).await.unwrap();
    let sql = "SELECT current_setting('statement_timeout')";
    let setting: String = value(database.db().conn(), sql).await.unwrap();
    assert_eq!(setting, "0");
}

/// `P15`.
#[tokio::test]
async fn the_connections_of_sqlite_are_durable_check_references_and_wait() {
    let database = TestDatabase::open(test_support::sqlite::migrated().await).await;
    let writer = database.begin().await.unwrap();
    let number = async |sql: &str| value::<i64>(&writer, sql).await.unwrap();
    assert_eq!(number("PRAGMA foreign_keys").await, 1);
    assert_eq!(number("PRAGMA synchronous").await, 2, "FULL");
    assert_eq!(number("PRAGMA busy_timeout").await, 5_000);
    let mode: String = value(&writer, "PRAGMA journal_mode").await.unwrap();
    assert_eq!(mode, "wal");
    writer.rollback().await.unwrap();

    // Three readers at once, each a connection of its own.
    let reader = database.reader().conn();
    let slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
        SELECT q.query_only FROM pragma_query_only AS q, (SELECT count(*) FROM n)";
    let (a, b, c) = tokio::join!(
        value::<i64>(reader, slow),
        value::<i64>(reader, slow),
        value::<i64>(reader, slow)
    );
    assert_eq!([a.unwrap(), b.unwrap(), c.unwrap()], [1, 1, 1]);
}

/// `P17`.
#[tokio::test]
async fn the_server_stops_a_statement_that_takes_too_long() {
    let Some(server) = Server::get().await else {
        return;
    };
    let fresh: FreshDatabase = server.fresh_database().await;
    let options = Options {
        statement_timeout: Some(Duration::from_millis(200)),
        ..Options::new(&fresh.url)
    };
    let database = Database::connect(&options, Clock::system()).await.unwrap();
    let start = Instant::now();
    let conn = database.db().conn();
    let stopped = conn.execute_unprepared("SELECT pg_sleep(60)").await;
    let error = Error::from(stopped.unwrap_err());
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(error.is_unavailable() && !error.is_retryable());
    assert!(start.elapsed() < Duration::from_secs(30));
    // Its connection is good again.
    let one: i32 = value(conn, "SELECT 1").await.unwrap();
    assert_eq!(one, 1);
}
