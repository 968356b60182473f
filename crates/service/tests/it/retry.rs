//! What runs again, and what does not.

use std::sync::atomic::{AtomicU32, Ordering};

use controllers::{Crud, DbErr, Error, RankController, Tx};
use entity::permission_rank;
use sea_orm::ActiveValue::Set;
use service::Retry;
use test_support::TestDatabase;
use tokio::sync::Barrier;

/// Two locks, taken in opposite orders, and how often the closures ran.
struct Opposed {
    both_hold_one: Barrier,
    runs: AtomicU32,
}

async fn raise(ranks: RankController<'_, Tx>, rank: i64) -> Result<(), Error> {
    ranks
        .bump((7, rank), permission_rank::Column::Rank, 0)
        .await
        .map(drop)
}

/// `P23`.
#[tokio::test]
async fn of_two_transactions_in_each_others_way_both_succeed_in_the_end() {
    for database in TestDatabase::all().await {
        let ranks = database.guild(7).await.ranks();
        ranks
            .ensure(&["Member".to_owned(), "Trusted".to_owned()])
            .await
            .unwrap();
        let opposed = Opposed {
            both_hold_one: Barrier::new(2),
            runs: AtomicU32::new(0),
        };
        let take = async |first: i64| {
            let input = (first, database.is_sqlite(), &opposed);
            let taken = database.transaction_with(
                Retry::DEFAULT,
                &input,
                |db, &(first, sqlite, opposed)| {
                    Box::pin(async move {
                        let run = opposed.runs.fetch_add(1, Ordering::Relaxed);
                        raise(db.guild(7).ranks(), first).await?;
                        // SQLite lets one transaction begin at a time, so they never meet.
                        if run < 2 && !sqlite {
                            opposed.both_hold_one.wait().await;
                        }
                        raise(db.guild(7).ranks(), 1 - first).await
                    })
                },
            );
            taken.await
        };
        let (one, other) = tokio::join!(take(0), take(1));
        one.unwrap();
        other.unwrap();
        let runs = opposed.runs.load(Ordering::Relaxed);
        let expected = if database.is_sqlite() { 2 } else { 3 };
        assert_eq!(runs, expected, "the loser of the deadlock ran again");
        for rank in ranks.ladder().await.unwrap() {
            assert_eq!(rank.version, 3, "each of them has raised it once");
        }
    }
}

/// How often a closure that ends in this error runs.
async fn runs_of(database: &TestDatabase, retry: Retry, error: Error) -> u32 {
    let runs = AtomicU32::new(0);
    let input = (&runs, error);
    let failed = database
        .transaction_with(retry, &input, |_, (runs, error)| {
            Box::pin(async move {
                runs.fetch_add(1, Ordering::Relaxed);
                Err::<(), _>(error.clone())
            })
        })
        .await;
    assert!(failed.is_err());
    runs.load(Ordering::Relaxed)
}

#[tokio::test]
async fn what_passes_runs_again_up_to_the_bound_and_nothing_else_does() {
    let quickly = Retry {
        base: std::time::Duration::from_micros(1),
        ..Retry::DEFAULT
    };
    let source = || DbErr::Custom("a test".to_owned());
    for database in TestDatabase::all().await {
        for error in [Error::Retryable(source()), Error::Connection(source())] {
            assert_eq!(runs_of(&database, quickly, error.clone()).await, 5);
            assert_eq!(runs_of(&database, Retry::NEVER, error).await, 1);
        }
        for error in [
            Error::CommitUnknown(source()),
            Error::Timeout(source()),
            Error::PoolTimeout,
            Error::PoolInTransaction,
            Error::Db(source()),
            Error::Cursor("a test"),
        ] {
            let shown = error.to_string();
            assert_eq!(runs_of(&database, quickly, error).await, 1, "{shown}");
        }
    }
}

/// `P23`.
#[tokio::test]
async fn a_broken_constraint_is_not_tried_again() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let runs = AtomicU32::new(0);
        let refused = database
            .transaction_with(Retry::DEFAULT, &runs, |db, runs| {
                Box::pin(async move {
                    runs.fetch_add(1, Ordering::Relaxed);
                    let draft = permission_rank::ActiveModel {
                        rank: Set(1),
                        name: Set("Stranger".to_owned()),
                        ..Default::default()
                    };
                    // A guild that has no row.
                    db.guild(8).ranks().create(draft).await
                })
            })
            .await;
        assert!(matches!(refused, Err(Error::Constraint { .. })));
        assert_eq!(runs.load(Ordering::Relaxed), 1);
    }
}

#[tokio::test]
async fn what_a_failed_run_wrote_is_gone_when_the_next_one_begins() {
    for database in TestDatabase::all().await {
        let runs = AtomicU32::new(0);
        let seen = database
            .transaction_with(Retry::DEFAULT, &runs, |db, runs| {
                Box::pin(async move {
                    let seen = db.instance().fact("fact").await?;
                    db.instance().remember("fact", 1.into()).await?;
                    match runs.fetch_add(1, Ordering::Relaxed) {
                        0 => Err(Error::Retryable(DbErr::Custom("once".to_owned()))),
                        _ => Ok(seen),
                    }
                })
            })
            .await
            .unwrap();
        assert_eq!(seen, None, "{database:?}");
        assert_eq!(runs.load(Ordering::Relaxed), 2);
    }
}
