//! What runs after COMMIT.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use controllers::{Db, DbErr, Error, Executor, Tx};
use service::{Database, Retry};
use test_support::TestDatabase;

#[derive(Clone, Default)]
struct Counter(Arc<AtomicU32>);

impl Counter {
    fn after(&self, tx: &Tx) {
        let counter = self.clone();
        tx.on_commit(async move {
            counter.0.fetch_add(1, Ordering::Relaxed);
        });
    }

    fn read(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

async fn write(tx: &Tx, database: &Database) -> Result<(), Error> {
    let db = Db::new(tx, database.clock());
    db.instance().remember("fact", 1.into()).await
}

#[tokio::test]
async fn a_hook_runs_once_after_commit_and_sees_what_was_stored() {
    for database in TestDatabase::all().await {
        let counter = Counter::default();
        let tx = database.begin().await.unwrap();
        counter.after(&tx);
        let (seen, outside) = (Counter::default(), (*database).clone());
        let look = seen.clone();
        tx.on_commit(async move {
            let fact = outside.db().instance().fact("fact").await.unwrap();
            look.0
                .fetch_add(u32::from(fact.is_some()), Ordering::Relaxed);
        });
        write(&tx, &database).await.unwrap();
        assert_eq!(counter.read(), 0, "not before");
        tx.commit().await.unwrap();
        assert_eq!((counter.read(), seen.read()), (1, 1), "{database:?}");
    }
}

#[tokio::test]
async fn nothing_runs_after_a_rollback_a_failed_commit_or_a_drop() {
    for database in TestDatabase::all().await {
        let counter = Counter::default();
        let tx = database.begin().await.unwrap();
        counter.after(&tx);
        tx.rollback().await.unwrap();

        let tx = database.begin().await.unwrap();
        counter.after(&tx);
        drop(tx);

        let tx = database.begin().await.unwrap();
        counter.after(&tx);
        let refused = Db::new(&tx, database.clock())
            .guild(8)
            .counters()
            .take(entity::value::CounterKey::Case, 1)
            .await;
        assert!(refused.is_err());
        assert!(tx.commit().await.is_err());

        let tx = database.begin().await.unwrap();
        counter.after(&tx);
        let failed: Result<(), _> = tx.finish(Err(Error::PoolTimeout)).await;
        assert!(failed.is_err());
        assert_eq!(counter.read(), 0, "{database:?}");
    }
}

#[tokio::test]
async fn a_released_savepoint_hands_its_hooks_up_and_a_rolled_back_one_drops_them() {
    for database in TestDatabase::all().await {
        let (released, dropped) = (Counter::default(), Counter::default());
        let tx = database.begin().await.unwrap();
        let savepoint = tx.begin_nested().await.unwrap();
        let deeper = savepoint.begin_nested().await.unwrap();
        released.after(&deeper);
        deeper.commit().await.unwrap();
        released.after(&savepoint);
        savepoint.commit().await.unwrap();
        assert_eq!(released.read(), 0, "only the outermost COMMIT counts");

        let savepoint = tx.begin_nested().await.unwrap();
        dropped.after(&savepoint);
        savepoint.rollback().await.unwrap();
        let savepoint = tx.begin_nested().await.unwrap();
        let deeper = savepoint.begin_nested().await.unwrap();
        dropped.after(&deeper);
        deeper.commit().await.unwrap();
        savepoint.rollback().await.unwrap();

        tx.commit().await.unwrap();
        assert_eq!((released.read(), dropped.read()), (2, 0), "{database:?}");
    }
}

#[tokio::test]
async fn a_closure_that_ran_twice_has_its_hook_run_once() {
    for database in TestDatabase::all().await {
        let counter = Counter::default();
        let runs = AtomicU32::new(0);
        let input = (&counter, &runs);
        database
            .transaction_with(Retry::DEFAULT, &input, |db, (counter, runs)| {
                Box::pin(async move {
                    counter.after(db.conn());
                    match runs.fetch_add(1, Ordering::Relaxed) {
                        0 => Err(Error::Retryable(DbErr::Custom("once".to_owned()))),
                        _ => db.instance().remember("fact", 1.into()).await,
                    }
                })
            })
            .await
            .unwrap();
        assert_eq!((runs.load(Ordering::Relaxed), counter.read()), (2, 1));
    }
}
