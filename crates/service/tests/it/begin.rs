//! A caller that goes away while a transaction begins.

use test_support::{FreshDatabase, TestDatabase};

use crate::cancel::{dropped_after, with_one_connection};
use crate::sql::facts_seen_from_outside;

/// `P1`.
#[tokio::test]
async fn whenever_begin_is_dropped_later_writes_are_visible_to_everybody() {
    for fresh in FreshDatabase::migrated().await {
        let database = with_one_connection(&fresh).await;
        let (mut written, mut completed) = (0, 0);
        for polls in 1.. {
            completed += u32::from(dropped_after(polls, database.begin()).await.is_some());
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
