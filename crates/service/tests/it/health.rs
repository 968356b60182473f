//! How the database is doing.

use std::time::Duration;

use controllers::Error;
use sea_orm::ConnectionTrait;
use service::PoolUse;
use test_support::TestDatabase;
use tokio::time::timeout;

use crate::sql::execute_outside;

#[tokio::test]
async fn the_report_names_the_server_and_the_state_of_its_schema() {
    for database in TestDatabase::all().await {
        let report = database.health().await.unwrap();
        let (backend, major) = if database.is_sqlite() {
            ("SQLite", "3.")
        } else {
            ("PostgreSQL", "1")
        };
        assert_eq!(report.backend, backend);
        assert!(report.server_version.starts_with(major), "{report:?}");
        assert!(report.latency > Duration::ZERO);
        assert!(report.is_current());

        let names = migration::names();
        let newest = names.last().unwrap();
        let older = format!("DELETE FROM seaql_migrations WHERE version = '{newest}'");
        execute_outside(database.url(), &older).await;
        let report = database.health().await.unwrap();
        assert_eq!(
            (&report.pending[..], &report.unknown[..]),
            (&[newest.clone()][..], &[][..])
        );
        assert!(!report.is_current());

        let newer = "INSERT INTO seaql_migrations VALUES ('m99991231_000001_newer', 0)";
        execute_outside(database.url(), newer).await;
        let report = database.health().await.unwrap();
        assert_eq!(report.unknown, ["m99991231_000001_newer"]);
    }
}

#[tokio::test]
async fn the_report_counts_connections_at_work_and_callers_in_the_queue() {
    for database in TestDatabase::all().await {
        let before = database.pool_use();
        let max = if database.is_sqlite() { 1 } else { 10 };
        assert_eq!(before.max, max);
        assert_eq!((before.in_use, before.waiting), (0, 0), "{database:?}");

        let mut held = Vec::new();
        for n in 1..=max {
            held.push(database.begin().await.unwrap());
            let PoolUse {
                in_use, waiting, ..
            } = database.pool_use();
            assert_eq!((in_use, waiting), (n, 0), "{database:?}");
        }
        let other = (*database).clone();
        let queued = tokio::spawn(async move {
            let instance = other.db().instance();
            instance.remember("fact", 1.into()).await
        });
        let seen = async {
            while database.pool_use().waiting != 1 {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(30), seen).await.unwrap();
        for tx in held {
            tx.rollback().await.unwrap();
        }
        queued.await.unwrap().unwrap();
        let rests = async {
            while database.pool_use().in_use > 0 {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(30), rests).await.unwrap();
        assert_eq!(database.pool_use().waiting, 0);
    }
}

#[tokio::test]
async fn failed_calls_are_counted() {
    for database in TestDatabase::all().await {
        let before = database.pool_use();
        let conn = database.db().conn();
        conn.execute_unprepared("SELECT nonsense")
            .await
            .unwrap_err();
        let after = database.pool_use();
        assert_eq!(after.calls, before.calls + 1);
        assert_eq!(after.failed, before.failed + 1);
    }
}

#[tokio::test]
async fn a_database_that_is_closed_has_no_report() {
    for database in TestDatabase::all().await {
        database.close().await;
        let error = database.health().await.unwrap_err();
        assert!(matches!(error, Error::Connection(_)), "{error:?}");
    }
}
