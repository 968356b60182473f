//! Transactions of other kinds than the usual one.

use controllers::{Db, Error};
use service::{Retry, TransactionKind};
use test_support::TestDatabase;

#[tokio::test]
async fn a_read_only_transaction_refuses_to_write_and_sees_one_moment() {
    for database in TestDatabase::all().await {
        let facts = database.db().instance();
        facts.remember("a", 1.into()).await.unwrap();
        let tx = database.begin_as(TransactionKind::SNAPSHOT).await.unwrap();
        let inside = Db::new(&tx, database.clock());
        let seen = inside.instance().fact("a").await.unwrap();
        assert_eq!(seen, Some(1.into()));
        // It does not hold up a writer, on SQLite either.
        facts.remember("a", 2.into()).await.unwrap();
        let seen = inside.instance().fact("a").await.unwrap();
        assert_eq!(seen, Some(1.into()), "{database:?}");
        assert!(inside.instance().remember("b", 1.into()).await.is_err());
        tx.rollback().await.unwrap();
        assert_eq!(facts.fact("b").await.unwrap(), None);
        assert_eq!(facts.fact("a").await.unwrap(), Some(2.into()));
    }
}

/// Both read what the other one writes; one after the other they would not both find nothing.
#[tokio::test]
async fn serializable_transactions_do_not_see_past_each_other() {
    for database in TestDatabase::all().await {
        let take = async |mine: &'static str, other: &'static str| {
            let input = (mine, other);
            let taken = database.transaction_as(
                TransactionKind::SERIALIZABLE,
                Retry::DEFAULT,
                &input,
                |db, (mine, other)| {
                    Box::pin(async move {
                        let free = db.instance().fact(other).await?.is_none();
                        tokio::task::yield_now().await;
                        if free {
                            db.instance().remember(mine, 1.into()).await?;
                        }
                        Ok::<_, Error>(free)
                    })
                },
            );
            taken.await.unwrap()
        };
        let (one, other) = tokio::join!(take("one", "other"), take("other", "one"));
        assert!(one != other, "exactly one of them, on {database:?}");
    }
}
