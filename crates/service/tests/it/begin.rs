//! A caller that goes away while a transaction begins.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use service::Database;
use test_support::TestDatabase;

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
    for database in TestDatabase::all().await {
        let mut written = 0;
        // Early and late, until it has got through several times.
        let mut through = 0;
        for polls in (1..).step_by(3) {
            through += u32::from(dropped_after(polls, &database).await);
            let key = format!("fact {written}");
            let remembered = database.db().instance().remember(&key, 1.into()).await;
            remembered.unwrap();
            written += 1;
            let seen = facts_seen_from_outside(database.url()).await;
            assert_eq!(seen, written, "after {polls} polls on {database:?}");
            if through == 3 {
                break;
            }
        }
        let idle = database.begin().await.unwrap();
        idle.rollback().await.unwrap();
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
