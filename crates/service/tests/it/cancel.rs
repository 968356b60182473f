//! Callers that go away in the middle.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use controllers::{Clock, Db, Error, Executor};
use sea_orm::ConnectionTrait as _;
use service::{Database, Options};
use test_support::{FreshDatabase, TestDatabase};

use crate::sql::{facts_seen_from_outside, value};

/// Polls `call` up to `polls` times, letting everything else go on in between, and drops it. What it returned, if it
/// was done before.
pub(crate) async fn dropped_after<T>(polls: u32, call: impl Future<Output = T>) -> Option<T> {
    let mut call = pin!(call);
    for _ in 0..polls {
        let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(done) = polled {
            return Some(done);
        }
        tokio::task::yield_now().await;
    }
    None
}

/// A database whose next call gets the connection that was just given back.
pub(crate) async fn with_one_connection(fresh: &FreshDatabase) -> Database {
    let options = Options {
        pool_max: 1,
        acquire_timeout: Duration::from_mins(1),
        ..Options::new(&fresh.url)
    };
    Database::connect(&options, Clock::system()).await.unwrap()
}

/// `P1`: whatever was under way on it, the next caller gets a connection that answers what is asked.
#[tokio::test]
async fn whenever_a_statement_is_dropped_the_next_one_gets_its_own_answer() {
    for fresh in FreshDatabase::migrated().await {
        let database = with_one_connection(&fresh).await;
        let mut completed = 0;
        for polls in 1_i64.. {
            let n = u32::try_from(polls).unwrap();
            let key = format!("dropped {polls}");
            let write = database.db().instance();
            let written = dropped_after(n, write.remember(&key, polls.into())).await;
            let read = value::<i64>(database.db().conn(), "SELECT CAST(4711 AS bigint)");
            let read = dropped_after(n, read).await;
            completed += u32::from(written.is_some() && read.is_some());

            let conn = database.db().conn();
            let mine: i64 = value(conn, &format!("SELECT CAST({polls} AS bigint)"))
                .await
                .unwrap();
            assert_eq!(mine, polls, "{}", fresh.url);
            let kept = format!("kept {polls}");
            write.remember(&kept, polls.into()).await.unwrap();
            let fact = write.fact(&kept).await.unwrap();
            assert_eq!(fact, Some(polls.into()));
            if written.is_some() {
                let fact = write.fact(&key).await.unwrap();
                assert_eq!(fact, Some(polls.into()), "it was acknowledged");
            }
            let seen = facts_seen_from_outside(&fresh.url).await;
            assert!(seen >= polls, "{seen} of {polls} are visible");
            if completed == 3 {
                break;
            }
        }
        assert_eq!(database.pool_use().in_use, 0);
    }
}

/// `P20`: a savepoint whose work was dropped at any point leaves the transaction around it usable.
#[tokio::test]
async fn whenever_a_savepoint_is_dropped_the_outer_transaction_goes_on() {
    for fresh in FreshDatabase::migrated().await {
        let database = with_one_connection(&fresh).await;
        let mut completed = 0;
        for polls in 1.. {
            let tx = database.begin().await.unwrap();
            let outer = Db::new(&tx, database.clock());
            let before = format!("before {polls}");
            outer.instance().remember(&before, 1.into()).await.unwrap();
            let attempt = async {
                let savepoint = tx.begin_nested().await?;
                let inner = Db::new(&savepoint, database.clock());
                inner.instance().remember("inner", 1.into()).await?;
                inner.instance().remember("deeper", 1.into()).await?;
                savepoint.rollback().await
            };
            completed += u32::from(dropped_after(polls, attempt).await.is_some());
            let after = outer.instance().remember("after", 1.into()).await;
            assert!(
                after.is_ok(),
                "{after:?} after {polls} polls on {}",
                fresh.url
            );
            tx.commit().await.unwrap();
            let instance = database.db().instance();
            assert!(instance.fact(&before).await.unwrap().is_some());
            assert_eq!(instance.fact("inner").await.unwrap(), None);
            if completed == 2 {
                break;
            }
        }
    }
}

/// `P2`, `P20`: nobody knows whether a dropped statement did its work, so its transaction stores nothing.
#[tokio::test]
async fn a_transaction_with_a_statement_that_was_given_up_cannot_be_committed() {
    for database in TestDatabase::all().await {
        let tx = database.begin().await.unwrap();
        let inside = Db::new(&tx, database.clock());
        inside.instance().remember("a", 1.into()).await.unwrap();
        // SQLite's thread may be that quick.
        while dropped_after(1, tx.execute_unprepared("UPDATE instance SET key = key"))
            .await
            .is_some()
        {}
        let told = tx.commit().await.unwrap_err();
        assert!(matches!(told, Error::Db(_)), "{told:?}");
        assert_eq!(facts_seen_from_outside(database.url()).await, 0);
        database
            .db()
            .instance()
            .remember("c", 1.into())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_commit_whose_caller_goes_away_is_made_and_its_hooks_run() {
    for database in TestDatabase::all().await {
        let tx = database.begin().await.unwrap();
        let inside = Db::new(&tx, database.clock());
        inside.instance().remember("a", 1.into()).await.unwrap();
        let (told, hears) = tokio::sync::oneshot::channel();
        tx.on_commit(async move { told.send(()).unwrap() });
        assert!(dropped_after(1, tx.commit()).await.is_none());
        hears.await.unwrap();
        assert_eq!(facts_seen_from_outside(database.url()).await, 1);
    }
}

#[tokio::test]
async fn statements_of_a_transaction_are_refused_while_a_savepoint_is_open() {
    for database in TestDatabase::all().await {
        let tx = database.begin().await.unwrap();
        let savepoint = tx.begin_nested().await.unwrap();
        let outer = Db::new(&tx, database.clock());
        let refused = outer.instance().remember("a", 1.into()).await;
        assert!(matches!(refused, Err(Error::Db(_))), "{refused:?}");
        savepoint.commit().await.unwrap();
        assert!(tx.commit().await.is_err(), "a statement has failed");

        let tx = database.begin().await.unwrap();
        let orphan = tx.begin_nested().await.unwrap();
        drop(tx);
        let inner = Db::new(&orphan, database.clock());
        assert!(inner.instance().remember("a", 1.into()).await.is_err());
        drop(orphan);
        assert_eq!(facts_seen_from_outside(database.url()).await, 0);
    }
}
