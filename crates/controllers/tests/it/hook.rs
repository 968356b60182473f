//! What runs a hook of an entity.

use controllers::{Bulk, Conflict, Crud, Everything, Upsert};
use entity::Managed;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, Schema, entity::prelude::*};
use std::sync::atomic::{AtomicUsize, Ordering};
use test_support::TestDatabase;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hooked")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub weight: i64,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

static BEFORE: AtomicUsize = AtomicUsize::new(0);
static AFTER: AtomicUsize = AtomicUsize::new(0);

#[async_trait::async_trait]
impl ActiveModelBehavior for ActiveModel {
    async fn before_save<C: ConnectionTrait>(self, _: &C, _: bool) -> Result<Self, DbErr> {
        BEFORE.fetch_add(1, Ordering::Relaxed);
        Ok(self)
    }

    async fn after_save<C: ConnectionTrait>(row: Model, _: &C, _: bool) -> Result<Model, DbErr> {
        AFTER.fetch_add(1, Ordering::Relaxed);
        Ok(row)
    }
}

impl Managed for Entity {
    const VERSION: Option<Column> = Some(Column::Version);
}

/// P8: sea-orm runs hooks for verbs on one draft only; so they are for invariants of one row, and nothing
/// that has to happen on every path (times, versions, limits) may be in one.
#[tokio::test]
async fn hooks_run_once_for_a_create_and_an_update_and_for_nothing_else() {
    for database in TestDatabase::all().await {
        let conn = database.db().conn();
        let schema = Schema::new(conn.get_database_backend());
        let table = schema.create_table_from_entity(Entity);
        conn.execute(&table).await.unwrap();
        let repo = database.db().global::<Entity>();
        let ran = || {
            (
                BEFORE.swap(0, Ordering::Relaxed),
                AFTER.swap(0, Ordering::Relaxed),
            )
        };
        let draft = |id, weight| ActiveModel {
            id: Set(id),
            weight: Set(weight),
            ..Default::default()
        };

        let row = repo.create(draft(1, 1)).await.unwrap();
        assert_eq!(ran(), (1, 1), "create");
        let heavier = ActiveModel {
            weight: Set(2),
            ..row.into()
        };
        repo.update(heavier).await.unwrap();
        assert_eq!(ran(), (1, 1), "update");

        let on = || Conflict::on_key().updating([Column::Weight]);
        repo.upsert(draft(1, 3), on()).await.unwrap();
        repo.upsert_many([draft(1, 4)], on()).await.unwrap();
        repo.get_or_create(draft(2, 1), on()).await.unwrap();
        let rows = repo.insert_many([draft(3, 1)]).await.unwrap();
        let heavier = rows.into_iter().map(|row| ActiveModel {
            weight: Set(2),
            ..row.into()
        });
        repo.update_many(heavier).await.unwrap();
        repo.update_where(
            Everything,
            ActiveModel {
                weight: Set(9),
                ..Default::default()
            },
        )
        .await
        .unwrap();
        repo.bump(1, Column::Weight, 1).await.unwrap();
        repo.delete(1).await.unwrap();
        repo.delete_where(Everything).await.unwrap();
        assert_eq!(ran(), (0, 0), "the others");
    }
}

/// P9: a key that the draft leaves unset is filled in, not left to the database.
#[tokio::test]
async fn a_draft_without_an_id_gets_one_that_sorts_by_time() {
    for database in crate::specimen::databases().await {
        let specimens = crate::specimen::specimens(database.db().guild(7));
        let first = specimens.create(crate::specimen::named("a")).await.unwrap();
        database
            .clock()
            .advance(std::time::Duration::from_millis(1));
        let second = specimens.create(crate::specimen::named("b")).await.unwrap();
        assert_eq!(first.id.get_version_num(), 7);
        assert!(first.id < second.id);
    }
}
