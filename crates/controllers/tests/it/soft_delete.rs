//! Rows that are deleted without being removed.

use controllers::{
    Bulk, Conflict, ConstraintKind, Crud, Error, Everything, Keyset, Paginate, Query, Upsert,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel};

use crate::specimen::{self, Column, databases, named, specimens};

#[tokio::test]
async fn a_deleted_row_is_invisible_to_every_verb_until_it_is_restored() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let row = specimens.create(named("owl")).await.unwrap();
        let id = (7, row.id);
        assert!(specimens.delete(id).await.unwrap());
        assert!(!specimens.delete(id).await.unwrap(), "only once");

        assert_eq!(specimens.find(id).await.unwrap(), None);
        assert_eq!(specimens.lock(id).await.unwrap(), None);
        assert_eq!(specimens.list(Everything).await.unwrap(), []);
        assert_eq!(specimens.one(Everything).await.unwrap(), None);
        assert_eq!(specimens.unique(Everything).await.unwrap(), None);
        assert_eq!(specimens.count(Everything).await.unwrap(), 0);
        assert!(!specimens.exists(Everything).await.unwrap());
        let window = specimens.window(Everything, Keyset::key(), None, 5).await;
        assert_eq!(window.unwrap().items, []);
        assert!(specimens.get(id).await.is_err());
        assert!(specimens.bump(id, Column::Weight, 1).await.is_err());
        let mut draft = row.clone().into_active_model();
        draft.weight = Set(1);
        assert!(specimens.update(draft).await.is_err());
        let set = specimen::ActiveModel {
            weight: Set(1),
            ..Default::default()
        };
        assert_eq!(specimens.update_where(Everything, set).await.unwrap(), 0);
        assert_eq!(specimens.delete_where(Everything).await.unwrap(), 0);

        let deleted = specimens.only_deleted().get(id).await.unwrap();
        assert_eq!(deleted.deleted_at, Some(database.clock().now()));
        assert_eq!(specimens.with_deleted().count(Everything).await.unwrap(), 1);

        assert!(specimens.restore(id).await.unwrap());
        assert!(!specimens.restore(id).await.unwrap(), "only once");
        assert_eq!(specimens.get(id).await.unwrap().weight, row.weight);
        assert_eq!(specimens.only_deleted().count(Everything).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_purged_row_is_gone_whether_it_was_deleted_or_not() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        for deleted_before in [false, true] {
            let id = (7, specimens.create(named("owl")).await.unwrap().id);
            if deleted_before {
                specimens.delete(id).await.unwrap();
            }
            assert!(specimens.purge(id).await.unwrap());
            assert_eq!(specimens.with_deleted().find(id).await.unwrap(), None);
            assert!(!specimens.restore(id).await.unwrap());
        }
    }
}

/// P18: deleted rows are not in the way of a unique name, until one comes back.
#[tokio::test]
async fn a_name_is_free_again_after_deletion_and_its_old_owner_cannot_come_back_to_it() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let old = specimens.create(named("owl")).await.unwrap();
        specimens.delete((7, old.id)).await.unwrap();
        let new = specimens.create(named("owl")).await.unwrap();

        let clash = specimens.restore((7, old.id)).await.unwrap_err();
        assert!(clash.is_unique("specimen_name_key", &["guild_id", "name"]));
        assert!(
            matches!(
                clash,
                Error::Constraint {
                    kind: ConstraintKind::Unique,
                    ..
                }
            ),
            "{clash}"
        );
        assert_eq!(specimens.list(Everything).await.unwrap(), [new]);
    }
}

#[tokio::test]
async fn an_upsert_by_a_partial_index_meets_live_rows_only() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let by_name = || {
            Conflict::on([Column::GuildId, Column::Name])
                .only_where(Column::DeletedAt.is_null())
                .updating([Column::Weight])
        };
        let first = specimens
            .upsert(named("owl"), by_name())
            .await
            .unwrap()
            .into_row();
        let again = specimens
            .upsert(named("owl"), by_name())
            .await
            .unwrap()
            .into_row();
        assert_eq!(again, first);
        let (found, created) = specimens
            .get_or_create(named("owl"), by_name())
            .await
            .unwrap();
        assert!(!created);
        assert_eq!(found, first);

        specimens.delete((7, first.id)).await.unwrap();
        let second = specimens
            .upsert(named("owl"), by_name())
            .await
            .unwrap()
            .into_row();
        assert_ne!(second.id, first.id);
        assert_eq!(second.version, 1);
    }
}
