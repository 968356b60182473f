//! Several calls that succeed or fail together.

use controllers::{Author, Crud, Db, Error, Everything, Executor, Query, Transact};
use entity::guild;
use sea_orm::ActiveValue::Set;
use test_support::TestDatabase;

use crate::specimen::{databases, named, specimens};

fn author() -> Author {
    Author::of_command(1)
}

#[tokio::test]
async fn two_controllers_in_one_transaction_roll_back_together() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let failed = guild
            .ranks()
            .transaction(|db| {
                Box::pin(async move {
                    db.instance().remember("color", "red".into()).await?;
                    db.guild(7).ranks().ensure(&["Member".to_owned()]).await?;
                    db.guild(7).role_ranks().assign(5, 9, author()).await
                })
            })
            .await;
        assert!(matches!(failed, Err(Error::Constraint { .. })));
        assert_eq!(database.db().instance().fact("color").await.unwrap(), None);
        assert!(guild.ranks().ladder().await.unwrap().is_empty());

        let done = guild
            .ranks()
            .transaction(|db| {
                Box::pin(async move {
                    db.instance().remember("color", "red".into()).await?;
                    db.guild(7).ranks().ensure(&["Member".to_owned()]).await?;
                    db.guild(7).role_ranks().assign(5, 0, author()).await
                })
            })
            .await;
        assert!(done.unwrap(), "it is new");
        let color = database.db().instance().fact("color").await.unwrap();
        assert_eq!(color, Some("red".into()));
    }
}

/// P2: PostgreSQL answers COMMIT of an aborted transaction with success, and stores nothing.
#[tokio::test]
async fn a_swallowed_error_cannot_be_committed() {
    for database in databases().await {
        let tx = database.begin().await.unwrap();
        let inside = specimens(Db::new(&tx, database.clock()).guild(7));
        inside.create(named("owl")).await.unwrap();
        let clash = inside.create(named("owl")).await.unwrap_err();
        assert!(clash.is_unique("specimen_name_key", &["guild_id", "name"]));

        let told = tx.commit().await.unwrap_err();
        assert!(
            told.is_unique("specimen_name_key", &["guild_id", "name"]),
            "{told}"
        );
        let outside = specimens(database.db().guild(7));
        assert_eq!(outside.count(Everything).await.unwrap(), 0, "{database:?}");
    }
}

#[tokio::test]
async fn an_expected_failure_leaves_the_outer_transaction_usable() {
    for database in databases().await {
        let tx = database.begin().await.unwrap();
        let inside = specimens(Db::new(&tx, database.clock()).guild(7));
        inside.create(named("owl")).await.unwrap();
        let attempted = inside
            .attempt(|db| {
                Box::pin(async move {
                    let specimens = specimens(db.guild(7));
                    specimens.create(named("elf owl")).await?;
                    specimens.create(named("owl")).await
                })
            })
            .await
            .unwrap();
        assert!(matches!(attempted, Err(Error::Constraint { .. })));
        let attempted = inside
            .attempt(|db| {
                Box::pin(async move { specimens(db.guild(7)).create(named("barn owl")).await })
            })
            .await
            .unwrap();
        assert!(attempted.is_ok());
        let other_failure = inside
            .attempt(|db| Box::pin(async move { specimens(db.guild(7)).delete_nobody().await }))
            .await;
        assert!(matches!(other_failure, Err(Error::Unfiltered { .. })));
        tx.commit().await.unwrap();

        let rows = specimens(database.db().guild(7))
            .list(Everything)
            .await
            .unwrap();
        let mut names: Vec<_> = rows.into_iter().map(|row| row.name).collect();
        names.sort();
        assert_eq!(names, ["barn owl", "owl"], "{database:?}");
    }
}

/// A verb that fails without asking the database.
trait DeleteNobody: controllers::Bulk {
    async fn delete_nobody(&self) -> Result<u64, Error> {
        self.delete_where(sea_orm::Condition::all()).await
    }
}

impl<T: controllers::Bulk> DeleteNobody for T {}

/// P20: every way out of a savepoint leaves the outer transaction usable.
#[tokio::test]
async fn a_savepoint_that_is_dropped_is_rolled_back_and_the_outer_transaction_goes_on() {
    for database in databases().await {
        let tx = database.begin().await.unwrap();
        let outer = specimens(Db::new(&tx, database.clock()).guild(7));
        outer.create(named("owl")).await.unwrap();
        {
            let savepoint = tx.begin_nested().await.unwrap();
            let inner = specimens(Db::new(&savepoint, database.clock()).guild(7));
            inner.create(named("elf owl")).await.unwrap();
        }
        outer.create(named("barn owl")).await.unwrap();
        tx.commit().await.unwrap();
        let rows = specimens(database.db().guild(7))
            .list(Everything)
            .await
            .unwrap();
        let mut names: Vec<_> = rows.into_iter().map(|row| row.name).collect();
        names.sort();
        assert_eq!(names, ["barn owl", "owl"], "{database:?}");
    }
}

#[tokio::test]
async fn what_is_dropped_or_rolled_back_is_not_stored() {
    for database in databases().await {
        let tx = database.begin().await.unwrap();
        let inside = specimens(Db::new(&tx, database.clock()).guild(7));
        inside.create(named("owl")).await.unwrap();
        drop(tx);
        let tx = database.begin().await.unwrap();
        let inside = specimens(Db::new(&tx, database.clock()).guild(7));
        inside.create(named("owl")).await.unwrap();
        tx.rollback().await.unwrap();
        let outside = specimens(database.db().guild(7));
        assert_eq!(outside.count(Everything).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_same_calls_work_on_a_pool_and_in_a_transaction() {
    async fn meet(db: Db<'_, impl Executor>) -> Result<guild::Model, Error> {
        db.guild(9).guild().ensure("Rookery", 1).await?;
        let repo = db.global::<guild::Entity>();
        let mut draft: guild::ActiveModel = repo.get(9).await?.into();
        draft.name = Set("Heronry".to_owned());
        repo.update(draft).await
    }
    for database in TestDatabase::all().await {
        let tx = database.begin().await.unwrap();
        let inside = meet(Db::new(&tx, database.clock())).await.unwrap();
        tx.rollback().await.unwrap();
        let outside = meet(database.db()).await.unwrap();
        assert_eq!(inside, outside);
    }
}

/// P13: the only writer of SQLite would wait for itself.
#[tokio::test]
async fn the_pool_refuses_work_inside_a_transaction_closure() {
    for database in databases().await {
        let outside = specimens(database.db().guild(7));
        let pool = (*database).clone();
        let refused = outside
            .transaction(move |_| {
                Box::pin(async move { specimens(pool.db().guild(7)).create(named("owl")).await })
            })
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::PoolInTransaction), "{refused}");
        assert_eq!(outside.count(Everything).await.unwrap(), 0);
    }
}
