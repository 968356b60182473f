//! A caller that goes away while a transaction begins.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use controllers::Clock;
use service::{Database, Options};
use test_support::{FreshDatabase, TestDatabase};

use crate::sql::facts_seen_from_outside;

/// Polls `begin` up to `polls` times, letting everything else go on in between, and drops it. Whether it
/// was done before.
async fn dropped_after(polls: u32, database: &Database) -> bool {
    let mut begin = pin!(database.begin());
    for _ in 0..polls {
        let polled = begin.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(tx) = polled {
            drop(tx.unwrap());
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

#[tokio::test]
async fn whenever_begin_is_dropped_later_writes_are_visible_to_everybody() {
    for fresh in FreshDatabase::migrated().await {
        // With a single connection, the next write gets the one that was just given back.
        let options = Options {
            pool_max: 1,
            acquire_timeout: Duration::from_mins(1),
            ..Options::new(&fresh.url)
        };
        let database = Database::connect(&options, Clock::system()).await.unwrap();
        let (mut written, mut completed) = (0, 0);
        for polls in 1.. {
            completed += u32::from(dropped_after(polls, &database).await);
            let key = format!("fact {written}");
            let remembered = database.db().instance().remember(&key, 1.into()).await;
            remembered.unwrap();
            written += 1;
            let seen = facts_seen_from_outside(&fresh.url).await;
            assert_eq!(seen, written, "after {polls} polls on {}", fresh.url);
            if completed == 3 {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_transaction_that_nobody_ends_is_rolled_back() {
    for database in TestDatabase::all().await {
        for _ in 0..20 {
            let tx = database.begin().await.unwrap();
            let inside = controllers::Db::new(&tx, database.clock());
            inside.instance().remember("fact", 1.into()).await.unwrap();
        }
        assert_eq!(facts_seen_from_outside(database.url()).await, 0);
        assert_eq!(database.db().instance().fact("fact").await.unwrap(), None);
    }
}
