//! One row by its key.

use controllers::{Bulk, Conflict, Crud, Error, Query, Upsert};
use entity::guild;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, IntoActiveModel, Statement};
use std::time::Duration;
use test_support::{NOON, TestDatabase};

use crate::specimen::{self, Column, databases, named, specimens, weighing};

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn a_new_row_gets_its_guild_key_version_and_times() {
    for database in databases().await {
        let row = specimens(database.db().guild(7))
            .create(named("owl"))
            .await
            .unwrap();
        assert_eq!(row.guild_id, 7);
        assert_eq!(row.id.get_version_num(), 7, "a UUIDv7 that sorts by time");
        assert_eq!(row.version, 1);
        assert_eq!((row.created_at, row.updated_at), (NOON, NOON));
        assert_eq!(row.deleted_at, None);
    }
}

#[tokio::test]
async fn every_way_of_writing_stamps_the_change_and_none_moves_the_creation() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let id = (7, specimens.create(named("owl")).await.unwrap().id);
        let mut version = 1;
        let mut changed = async |way: &str| {
            let row = specimens.with_deleted().get(id).await.unwrap();
            version += 1;
            assert_eq!(row.version, version, "{way} on {database:?}");
            assert_eq!(row.updated_at, database.clock().now(), "{way}");
            assert_eq!(row.created_at, NOON, "{way}");
            database.clock().advance(HOUR);
            row
        };

        database.clock().advance(HOUR);
        let mut draft = specimens.get(id).await.unwrap().into_active_model();
        draft.weight = Set(1);
        specimens.update(draft).await.unwrap();
        changed("update").await;

        specimens.bump(id, Column::Weight, 1).await.unwrap();
        changed("bump").await;

        let set = specimen::ActiveModel {
            weight: Set(3),
            ..Default::default()
        };
        specimens
            .update_where(Column::Name.eq("owl"), set)
            .await
            .unwrap();
        changed("update_where").await;

        let same = specimen::ActiveModel {
            id: Set(id.1),
            ..weighing("owl", 4)
        };
        specimens
            .upsert(same, Conflict::on_key().updating([Column::Weight]))
            .await
            .unwrap();
        changed("upsert").await;

        assert!(specimens.delete(id).await.unwrap());
        changed("delete").await;

        assert!(specimens.restore(id).await.unwrap());
        changed("restore").await;

        specimens
            .delete_where(Column::Name.eq("owl"))
            .await
            .unwrap();
        let last = changed("delete_where").await;
        assert_eq!(last.weight, 4);
    }
}

#[tokio::test]
async fn times_are_kept_to_the_microsecond() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        for micros in [1, 10, 999, 1_000, 123_456, 999_999] {
            database.clock().advance(Duration::from_micros(micros));
            let written = specimens.create(named(micros.to_string())).await.unwrap();
            assert_eq!(written.created_at, database.clock().now());
            let read = specimens.get((7, written.id)).await.unwrap();
            assert_eq!(read, written);
        }
    }
}

/// P12: a row that is missing is an error, a second SELECT or nothing, depending on the verb of sea-orm.
#[tokio::test]
async fn what_was_changed_in_between_is_stale_and_what_is_gone_is_not_found() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let row = specimens.create(named("owl")).await.unwrap();
        let id = (7, row.id);
        let with_weight = |weight| {
            let mut draft = row.clone().into_active_model();
            draft.weight = Set(weight);
            draft
        };
        specimens.update(with_weight(1)).await.unwrap();

        let late = specimens.update(with_weight(2)).await.unwrap_err();
        assert!(
            matches!(
                late,
                Error::Stale {
                    entity: "specimen",
                    ..
                }
            ),
            "{late}"
        );
        assert_eq!(specimens.get(id).await.unwrap().weight, 1);

        assert!(specimens.delete(id).await.unwrap());
        let gone = specimens.update(with_weight(3)).await.unwrap_err();
        assert!(matches!(gone, Error::NotFound { .. }), "{gone}");

        assert!(specimens.purge(id).await.unwrap());
        let gone = specimens.update(with_weight(3)).await.unwrap_err();
        assert!(matches!(gone, Error::NotFound { .. }), "{gone}");
    }
}

#[tokio::test]
async fn an_update_without_a_change_writes_nothing() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let row = specimens.create(named("owl")).await.unwrap();
        database.clock().advance(HOUR);
        let same = specimens
            .update(row.clone().into_active_model())
            .await
            .unwrap();
        assert_eq!(same, row);
        assert_eq!(specimens.get((7, row.id)).await.unwrap(), row);

        specimens.purge((7, row.id)).await.unwrap();
        let gone = specimens.update(row.into_active_model()).await.unwrap_err();
        assert!(matches!(gone, Error::NotFound { .. }), "{gone}");
    }
}

#[tokio::test]
async fn an_update_wants_the_key_and_the_version_that_was_read() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let row = specimens.create(named("owl")).await.unwrap();
        let blind = specimen::ActiveModel {
            guild_id: Set(7),
            id: Set(row.id),
            ..named("elf owl")
        };
        let refused = specimens.update(blind).await.unwrap_err();
        assert_eq!(refused.to_string(), "specimen: version must be set");
        let refused = specimens.update(named("elf owl")).await.unwrap_err();
        assert_eq!(refused.to_string(), "specimen: key must be set");
        assert_eq!(specimens.get((7, row.id)).await.unwrap(), row);
    }
}

#[tokio::test]
async fn thirty_two_concurrent_bumps_are_all_counted() {
    for database in databases().await {
        let id = specimens(database.db().guild(7))
            .create(named("owl"))
            .await
            .unwrap()
            .id;
        let writers: Vec<_> = (0..32)
            .map(|_| {
                let database = (*database).clone();
                tokio::spawn(async move {
                    let specimens = specimens(database.db().guild(7));
                    specimens.bump((7, id), Column::Weight, 1).await.unwrap()
                })
            })
            .collect();
        let mut seen = Vec::new();
        for writer in writers {
            seen.push(writer.await.unwrap().weight);
        }
        seen.sort_unstable();
        assert_eq!(seen, (1..=32).collect::<Vec<_>>(), "{database:?}");

        let nobody = specimens(database.db().guild(8))
            .bump((8, id), Column::Weight, 1)
            .await;
        assert!(matches!(nobody, Err(Error::NotFound { .. })));
    }
}

#[tokio::test]
async fn a_row_is_found_or_not_and_got_or_an_error() {
    for database in TestDatabase::all().await {
        let repo = database.db().global::<guild::Entity>();
        assert_eq!(repo.find(7).await.unwrap(), None);
        assert!(!repo.exists(guild::Column::Id.eq(7)).await.unwrap());
        database.guild(7).await;
        assert_eq!(repo.find(7).await.unwrap().unwrap().id, 7);
        assert_eq!(repo.get(7).await.unwrap().id, 7);
        assert_eq!(repo.lock(7).await.unwrap().unwrap().id, 7);

        assert!(repo.delete(7).await.unwrap());
        assert!(!repo.delete(7).await.unwrap());
        assert!(!repo.restore(7).await.unwrap(), "it was a hard deletion");
        assert!(!repo.purge(7).await.unwrap());
    }
}

#[tokio::test]
async fn errors_show_the_key_simple_or_composite() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let error = database
            .db()
            .global::<guild::Entity>()
            .get(5)
            .await
            .unwrap_err();
        assert_eq!(error.to_string(), "guild 5 does not exist");
        let error = guild.case_events().get((7, 3, 1)).await.unwrap_err();
        assert_eq!(error.to_string(), "case_event (7, 3, 1) does not exist");
        let error = database
            .db()
            .instance()
            .get("commands".to_owned())
            .await
            .unwrap_err();
        assert_eq!(error.to_string(), "instance 'commands' does not exist");
    }
}

#[tokio::test]
async fn a_locked_row_makes_another_writer_wait() {
    for database in databases().await {
        let id = specimens(database.db().guild(7))
            .create(named("owl"))
            .await
            .unwrap()
            .id;
        let tx = database.begin().await.unwrap();
        let held = specimens(controllers::Db::new(&tx, database.clock()).guild(7));
        let row = held.lock((7, id)).await.unwrap().unwrap();
        let other = (*database).clone();
        let waiting = tokio::spawn(async move {
            let specimens = specimens(other.db().guild(7));
            specimens.bump((7, id), Column::Weight, 10).await.unwrap()
        });
        somebody_waits(&database).await;
        let mut draft = row.into_active_model();
        draft.weight = Set(1);
        held.update(draft).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(waiting.await.unwrap().weight, 11, "{database:?}");
    }
}

/// Returns when a writer waits for another one: in front of the pool (SQLite has one writing
/// connection), or for a lock.
async fn somebody_waits(database: &TestDatabase) {
    let conn = database.db().conn();
    let waiting = "SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let look = async || {
        if database.is_sqlite() {
            return database.pool_use().waiting > 0;
        }
        let statement = Statement::from_string(conn.get_database_backend(), waiting);
        conn.query_one_raw(statement).await.unwrap().is_some()
    };
    let seen = async {
        while !look().await {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(30), seen).await;
    in_time.expect("nobody waits");
}
