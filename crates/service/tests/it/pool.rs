//! The pool: what it refuses, how it queues, and how it ends.

use std::time::{Duration, Instant};

use controllers::{Clock, Db, Error};
use service::{Database, Options, Retry};
use test_support::{FreshDatabase, TestDatabase};
use tokio::sync::Barrier;

use crate::sql::facts_seen_from_outside;

/// `P13`.
#[tokio::test]
async fn the_pool_refuses_work_inside_a_transaction_closure_at_once() {
    for database in TestDatabase::all().await {
        let start = Instant::now();
        let pool = (*database).clone();
        let refused = database
            .transaction_with(Retry::DEFAULT, &pool, |_, pool| {
                Box::pin(async move {
                    let read = pool.db().instance().fact("fact").await;
                    assert!(matches!(read, Err(Error::PoolInTransaction)), "{read:?}");
                    let begun = pool.begin().await;
                    assert!(matches!(begun, Err(Error::PoolInTransaction)));
                    pool.db().instance().remember("fact", 1.into()).await
                })
            })
            .await;
        assert!(matches!(refused, Err(Error::PoolInTransaction)));
        assert!(start.elapsed() < Duration::from_secs(10), "it did not wait");
        assert_eq!(facts_seen_from_outside(database.url()).await, 0);
        // Outside it works again.
        let remembered = database.db().instance().remember("fact", 1.into()).await;
        remembered.unwrap();
    }
}

/// `P14`.
#[tokio::test]
async fn two_writers_who_read_first_both_succeed() {
    for database in TestDatabase::all().await {
        let count = async |database: &Database| {
            let counted = database.transaction(Retry::DEFAULT, |db| {
                Box::pin(async move {
                    let instance = db.instance();
                    let read = instance.fact("mine").await?;
                    let n = read.and_then(|n| n.as_i64()).unwrap_or_default();
                    db.instance().remember(&format!("n{n}"), 1.into()).await?;
                    instance.remember("mine", (n + 1).into()).await
                })
            });
            counted.await
        };
        let (one, other) = tokio::join!(count(&database), count(&database));
        one.unwrap();
        other.unwrap();
    }
}

/// Two handles on the same database, as two processes have them. `P14`.
#[tokio::test]
async fn a_writer_waits_for_another_process_instead_of_failing() {
    for fresh in FreshDatabase::migrated().await {
        let open = async || {
            let options = Options::new(&fresh.url);
            Database::connect(&options, Clock::system()).await.unwrap()
        };
        let (one, other) = (open().await, open().await);
        let held = one.begin().await.unwrap();
        let inside = Db::new(&held, one.clock());
        inside.instance().remember("a", 1.into()).await.unwrap();

        let begun = Barrier::new(2);
        let (released, written) = tokio::join!(
            async {
                begun.wait().await;
                held.commit().await
            },
            async {
                begun.wait().await;
                other.db().instance().remember("b", 1.into()).await
            }
        );
        released.unwrap();
        written.unwrap();
        assert_eq!(facts_seen_from_outside(&fresh.url).await, 2);
    }
}

#[tokio::test]
async fn a_reader_of_sqlite_does_not_wait_for_the_writer_and_cannot_write() {
    for database in TestDatabase::all().await {
        let tx = database.begin().await.unwrap();
        let inside = Db::new(&tx, database.clock());
        inside.instance().remember("fact", 1.into()).await.unwrap();
        let outside = database.db().instance().fact("fact").await.unwrap();
        assert_eq!(outside, None, "it is not committed");
        tx.commit().await.unwrap();
        let outside = database.reader().instance().fact("fact").await.unwrap();
        assert_eq!(outside, Some(1.into()));
        let written = database
            .reader()
            .instance()
            .remember("fact", 2.into())
            .await;
        assert_eq!(written.is_err(), database.is_sqlite());
    }
}

#[tokio::test]
async fn a_caller_who_gets_no_connection_in_time_is_told_so() {
    for fresh in FreshDatabase::migrated().await {
        let options = Options {
            pool_max: 1,
            acquire_timeout: Duration::from_millis(100),
            ..Options::new(&fresh.url)
        };
        let database = Database::connect(&options, Clock::system()).await.unwrap();
        let held = database.begin().await.unwrap();
        let late = database.db().instance().remember("fact", 1.into()).await;
        let late = late.unwrap_err();
        assert!(matches!(late, Error::PoolTimeout), "{late:?}");
        assert!(late.is_unavailable() && !late.is_retryable());
        let late = database.begin().await.unwrap_err();
        assert!(matches!(late, Error::PoolTimeout), "{late:?}");
        held.rollback().await.unwrap();
        let free = database.db().instance().remember("fact", 1.into()).await;
        free.unwrap();
    }
}

#[tokio::test]
async fn closing_lets_transactions_finish_and_then_nothing_begins() {
    for database in TestDatabase::all().await {
        let tx = database.begin().await.unwrap();
        let inside = Db::new(&tx, database.clock());
        inside.instance().remember("fact", 1.into()).await.unwrap();
        let ((), committed) = tokio::join!(database.close(), tx.commit());
        committed.unwrap();
        assert_eq!(facts_seen_from_outside(database.url()).await, 1);

        let refused = [
            database.db().instance().fact("fact").await.map(drop),
            database.reader().instance().fact("fact").await.map(drop),
            database.db().instance().remember("b", 1.into()).await,
            database.begin().await.map(drop),
        ];
        for error in refused.map(Result::unwrap_err) {
            assert!(matches!(error, Error::Connection(_)), "{error:?}");
            assert!(error.is_unavailable());
        }
        database.close().await; // Once more is once.
    }
}

/// Callers get their turn in the order of asking.
#[tokio::test]
async fn nobody_is_overtaken_while_waiting_for_a_connection() {
    for fresh in FreshDatabase::migrated().await {
        let database = crate::cancel::with_one_connection(&fresh).await;
        let held = database.begin().await.unwrap();
        let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
        for n in 0..20 {
            let (caller, told) = (database.clone(), told.clone());
            tokio::spawn(async move {
                let tx = caller.begin().await.unwrap();
                told.send(n).unwrap();
                tx.rollback().await.unwrap();
            });
            while database.pool_use().waiting <= n {
                tokio::task::yield_now().await;
            }
        }
        held.rollback().await.unwrap();
        for n in 0..20 {
            assert_eq!(hears.recv().await, Some(n), "{}", fresh.url);
        }
    }
}

/// A connection that has rested is asked before it is used: here it is dead by then.
#[tokio::test]
async fn a_connection_that_died_at_rest_is_replaced_before_anybody_notices() {
    let Some(server) = test_support::postgres::Server::get().await else {
        return;
    };
    let fresh = server.fresh_database().await;
    let database = crate::cancel::with_one_connection(&fresh).await;
    let instance = database.db().instance();
    instance.remember("a", 1.into()).await.unwrap();
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    crate::sql::execute_outside(&fresh.url, kill).await;
    // To have rested is what this test is about.
    tokio::time::sleep(Duration::from_millis(600)).await;
    instance.remember("b", 1.into()).await.unwrap();
    assert_eq!(database.pool_use().failed, 0);
}
