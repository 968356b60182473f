//! Create or update by a unique key.

use controllers::{Conflict, Error, Upsert, Upserted};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use std::time::Duration;
use test_support::NOON;

use crate::specimen::{self, Column, Entity, databases, named, specimens, weighing};

fn by_name() -> Conflict<Entity> {
    Conflict::on([Column::GuildId, Column::Name])
        .only_where(Column::DeletedAt.is_null())
        .updating([Column::Weight, Column::SeenAt])
}

#[tokio::test]
async fn an_upsert_tells_created_updated_and_unchanged_apart() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let created = specimens
            .upsert(weighing("owl", 1), by_name())
            .await
            .unwrap();
        let Upserted::Created(first) = created else {
            panic!("{created:?} on {database:?}");
        };
        database.clock().advance(Duration::from_secs(1));

        let unchanged = specimens
            .upsert(weighing("owl", 1), by_name())
            .await
            .unwrap();
        assert_eq!(unchanged, Upserted::Unchanged(first.clone()));

        let updated = specimens
            .upsert(weighing("owl", 2), by_name())
            .await
            .unwrap();
        let Upserted::Updated(second) = updated else {
            panic!("{updated:?} on {database:?}");
        };
        assert_eq!((second.id, second.weight, second.version), (first.id, 2, 2));
        assert_eq!(second.created_at, NOON, "it never moves");
        assert_eq!(second.updated_at, database.clock().now());
    }
}

#[tokio::test]
async fn null_differs_from_a_value_and_not_from_null() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let seen = |at| specimen::ActiveModel {
            seen_at: Set(at),
            ..named("owl")
        };
        let mut what = Vec::new();
        for at in [None, None, Some(NOON), Some(NOON), None] {
            let upserted = specimens.upsert(seen(at), by_name()).await.unwrap();
            what.push(match &upserted {
                Upserted::Created(_) => "created",
                Upserted::Updated(_) => "updated",
                Upserted::Unchanged(_) => "unchanged",
            });
            assert_eq!(upserted.into_row().seen_at, at);
        }
        let expected = ["created", "unchanged", "updated", "unchanged", "updated"];
        assert_eq!(what, expected, "{database:?}");
    }
}

#[tokio::test]
async fn of_forty_concurrent_upserts_one_creates_and_the_others_update() {
    for database in databases().await {
        let writers: Vec<_> = (0..40)
            .map(|weight| {
                let database = (*database).clone();
                tokio::spawn(async move {
                    let specimens = specimens(database.db().guild(7));
                    specimens.upsert(weighing("owl", weight), by_name()).await
                })
            })
            .collect();
        let (mut created, mut updated) = (0, 0);
        for writer in writers {
            match writer.await.unwrap().unwrap() {
                Upserted::Created(_) => created += 1,
                Upserted::Updated(_) => updated += 1,
                Upserted::Unchanged(row) => panic!("{row:?} on {database:?}"),
            }
        }
        assert_eq!((created, updated), (1, 39), "{database:?}");
    }
}

#[tokio::test]
async fn of_forty_concurrent_callers_one_creates_and_all_get_the_same_row() {
    for database in databases().await {
        let callers: Vec<_> = (0..40)
            .map(|weight| {
                let database = (*database).clone();
                tokio::spawn(async move {
                    let specimens = specimens(database.db().guild(7));
                    specimens
                        .get_or_create(weighing("owl", weight), by_name())
                        .await
                })
            })
            .collect();
        let mut rows = Vec::new();
        let mut created = 0;
        for caller in callers {
            let (row, new) = caller.await.unwrap().unwrap();
            created += usize::from(new);
            rows.push(row);
        }
        assert_eq!(created, 1, "{database:?}");
        assert!(rows.iter().all(|row| *row == rows[0]), "{database:?}");
    }
}

#[tokio::test]
async fn the_columns_of_the_target_must_be_set() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let nameless = || specimen::ActiveModel {
            weight: Set(1),
            ..Default::default()
        };
        let refused = [
            specimens.upsert(nameless(), by_name()).await.map(drop),
            specimens
                .get_or_create(nameless(), by_name())
                .await
                .map(drop),
        ];
        for error in refused.map(Result::unwrap_err) {
            assert!(
                matches!(
                    error,
                    Error::Unset {
                        entity: "specimen",
                        column: "name"
                    }
                ),
                "{error}"
            );
        }
    }
}
