//! Many rows in few statements.

use controllers::{Bulk, ConstraintKind, Controller, Crud, Db, Error, Everything, Progress, Query};
use futures_util::stream;
use proptest::prelude::*;
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, prelude::Uuid};
use std::{sync::Mutex, time::Duration};
use test_support::NOON;

use crate::property::{self, Held};
use crate::recorder::Recorder;
use crate::specimen::{self, ActiveModel, Column, databases, named, specimens, weighing};

#[tokio::test]
async fn writes_by_filter_tell_how_many_rows_they_met_and_leave_the_others() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        for weight in 0..5 {
            let draft = weighing(format!("owl {weight}"), weight);
            specimens.create(draft).await.unwrap();
        }
        let heavier = ActiveModel {
            weight: Set(100),
            ..Default::default()
        };
        let met = specimens.update_where(Column::Weight.gte(3), heavier).await;
        assert_eq!(met.unwrap(), 2);
        let weights = async || {
            let mut rows = specimens.list(Everything).await.unwrap();
            rows.sort_by(|a, b| a.name.cmp(&b.name));
            rows.into_iter()
                .map(|row| (row.weight, row.version))
                .collect::<Vec<_>>()
        };
        let after = [(0, 1), (1, 1), (2, 1), (100, 2), (100, 2)];
        assert_eq!(weights().await, after);

        let met = specimens.delete_where(Column::Weight.lt(2)).await;
        assert_eq!(met.unwrap(), 2);
        assert_eq!(weights().await, after[2..]);
        let met = specimens.delete_where(Column::Weight.lt(2)).await;
        assert_eq!(met.unwrap(), 0, "they are deleted already");
        let none = specimens.delete_where(Column::Weight.lt(-1)).await;
        assert_eq!(none.unwrap(), 0);
    }
}

/// P4: one INSERT of drafts that set different columns would write NULL where a default belongs.
#[tokio::test]
async fn of_many_mixed_drafts_every_column_left_out_keeps_its_default() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let draft = |n: i64| ActiveModel {
            legs: if n % 2 == 0 { Set(n) } else { sea_orm::NotSet },
            seen_at: if n % 3 == 0 {
                Set(Some(NOON))
            } else {
                sea_orm::NotSet
            },
            ..weighing(format!("owl {n}"), n)
        };
        let rows = specimens.insert_many((0..25_000).map(draft)).await.unwrap();
        assert_eq!(rows.len(), 25_000);
        for (n, row) in (0..).zip(&rows) {
            assert_eq!(
                (row.weight, row.version),
                (n, 1),
                "in the order of the drafts"
            );
            assert_eq!(row.legs, if n % 2 == 0 { n } else { 4 });
            assert_eq!(row.seen_at, (n % 3 == 0).then_some(NOON));
        }
        let stored = specimens.count(Everything).await.unwrap();
        assert_eq!(stored, 25_000, "{database:?}");
        let defaults = (Column::Legs.eq(4), Column::Weight.ne(4));
        assert_eq!(specimens.count(defaults).await.unwrap(), 12_500);
    }
}

/// P5: statements stay below the limits for binds, whatever the number of rows.
#[test]
fn any_number_of_rows_is_stored_and_comes_back_in_order() {
    let around = |n: usize| n - 1..=n + 1;
    // 10 columns: SQLite takes 32,766 binds, PostgreSQL 65,535.
    let counts = prop_oneof![
        0..40usize,
        around(1_000),
        around(2_000),
        around(3_276),
        around(6_553),
    ];
    let nulls = prop::collection::vec(any::<bool>(), 1..5);
    property::check(
        6,
        databases(),
        (counts, nulls),
        async |database, guild, (n, seen)| -> Held {
            let specimens = specimens(database.db().guild(guild));
            let drafts: Vec<_> = (0..n)
                .map(|n| ActiveModel {
                    legs: Set(2),
                    seen_at: Set(seen[n % seen.len()].then_some(NOON)),
                    deleted_at: Set(None),
                    ..named(format!("owl {n}"))
                })
                .collect();
            let rows = specimens.insert_many(drafts).await.unwrap();
            let names: Vec<_> = rows.iter().map(|row| row.name.clone()).collect();
            let expected: Vec<_> = (0..n).map(|n| format!("owl {n}")).collect();
            prop_assert_eq!(names, expected);
            for (n, row) in rows.iter().enumerate() {
                prop_assert_eq!(row.seen_at, seen[n % seen.len()].then_some(NOON));
            }
            prop_assert_eq!(specimens.count(Everything).await.unwrap(), n as u64);
            Ok(())
        },
    );
}

#[tokio::test]
async fn of_many_drafts_one_that_cannot_be_stored_takes_all_with_it() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let mut drafts: Vec<_> = (0..2_500).map(|n| named(format!("owl {n}"))).collect();
        drafts.push(named("owl 3"));
        let refused = specimens.insert_many(drafts).await.unwrap_err();
        let unique = matches!(
            refused,
            Error::Constraint {
                kind: ConstraintKind::Unique,
                ..
            }
        );
        assert!(unique, "{refused:?}");
        assert!(!specimens.exists(Everything).await.unwrap());
        assert_eq!(specimens.insert_many([]).await.unwrap(), []);

        // Nothing in place of what must not be NULL: not an empty text, which an array has to hold there.
        let nameless = ActiveModel {
            name: sea_orm::NotSet,
            ..named("")
        };
        let refused = specimens
            .insert_many([named("a"), nameless])
            .await
            .unwrap_err();
        let missing = matches!(
            refused,
            Error::Constraint {
                kind: ConstraintKind::NotNull,
                ..
            }
        );
        assert!(missing, "{refused:?}");
        assert!(!specimens.exists(Everything).await.unwrap());
    }
}

#[tokio::test]
async fn long_runs_tell_how_far_they_have_come() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let told = Mutex::default();
        let reporting = specimens.reporting(|progress: Progress| {
            let told: &Mutex<Vec<_>> = &told;
            told.lock().unwrap().push((progress.done, progress.total));
        });
        let drafts = (0..3_000).map(|n| named(format!("owl {n}")));
        let rows = reporting.insert_many(drafts).await.unwrap();
        let expected = [
            (1_000, Some(3_000)),
            (2_000, Some(3_000)),
            (3_000, Some(3_000)),
        ];
        assert_eq!(std::mem::take(&mut *told.lock().unwrap()), expected);
        let heavier = rows.into_iter().map(|row| ActiveModel {
            weight: Set(row.weight + 1),
            ..row.into_active_model()
        });
        assert_eq!(reporting.update_many(heavier).await.unwrap(), 3_000);
        assert_eq!(*told.lock().unwrap(), expected);
    }
}

#[tokio::test]
async fn many_rows_are_updated_each_to_its_own_values() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let specimens = specimens(Db::new(&recorder, database.clock()).guild(7));
        let drafts = (0..10).map(|n| weighing(format!("owl {n}"), n));
        let rows = specimens.insert_many(drafts).await.unwrap();
        database.clock().advance(Duration::from_secs(1));
        recorder.take();

        let mut changes: Vec<_> = rows
            .iter()
            .cloned()
            .map(IntoActiveModel::into_active_model)
            .collect();
        for (n, change) in (0..).zip(&mut changes) {
            match n % 3 {
                0 => change.weight = Set(n * 100),
                1 => change.seen_at = Set((n % 2 == 0).then_some(NOON)),
                _ => {}
            }
        }
        assert_eq!(specimens.update_many(changes).await.unwrap(), 7);
        let now = database.clock().now();
        for (n, before) in (0..).zip(&rows) {
            let after = specimens.get((7, before.id)).await.unwrap();
            let written = n % 3 != 2;
            let expected = specimen::Model {
                weight: if n % 3 == 0 { n * 100 } else { n },
                seen_at: (n % 3 == 1 && n % 2 == 0).then_some(NOON),
                version: if written { 2 } else { 1 },
                updated_at: if written { now } else { before.updated_at },
                ..before.clone()
            };
            assert_eq!(after, expected, "{database:?}");
        }
        assert_eq!(specimens.update_many([]).await.unwrap(), 0);
    }
}

/// P12: what is stale is told from what is missing, and neither is passed over in silence.
#[tokio::test]
async fn if_one_of_many_rows_is_not_the_one_that_was_read_none_is_written() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let drafts = (0..1_500).map(|n| named(format!("owl {n}")));
        let rows = specimens.insert_many(drafts).await.unwrap();
        let heavier = || {
            rows.iter().cloned().map(|row| ActiveModel {
                weight: Set(9),
                ..row.into_active_model()
            })
        };
        let victim = (7, rows[1_200].id);
        let shown = format!("(7, '{}')", rows[1_200].id);

        specimens.bump(victim, Column::Legs, 1).await.unwrap();
        let stale = specimens.update_many(heavier()).await.unwrap_err();
        assert!(
            matches!(&stale, Error::Stale { key, .. } if *key == shown),
            "{stale:?}"
        );
        specimens.delete(victim).await.unwrap();
        let gone = specimens.update_many(heavier()).await.unwrap_err();
        assert!(
            matches!(&gone, Error::NotFound { key, .. } if *key == shown),
            "{gone:?}"
        );
        let twice = heavier().take(2).chain(heavier().take(1));
        let twice = specimens.update_many(twice).await.unwrap_err();
        assert!(matches!(twice, Error::Stale { .. }), "{twice:?}");
        let unread = ActiveModel {
            id: Set(Uuid::nil()),
            guild_id: Set(7),
            ..weighing("owl", 1)
        };
        let unread = specimens.update_many([unread]).await.unwrap_err();
        assert!(
            matches!(
                unread,
                Error::Unset {
                    column: "version",
                    ..
                }
            ),
            "{unread:?}"
        );

        assert!(
            !specimens.exists(Column::Weight.eq(9)).await.unwrap(),
            "{database:?}"
        );
    }
}

#[tokio::test]
async fn an_import_stores_every_value_as_it_is_and_leaves_defaults_to_the_database() {
    for database in databases().await {
        let specimens = specimens(database.guild(7).await);
        let awkward = [
            "tab\there",
            "line\nbreak",
            "back\\slash",
            "\\N",
            "\r",
            "",
            "ü🦉",
            "\\.",
        ];
        let drafts = awkward.iter().map(|name| ActiveModel {
            seen_at: Set(name.is_empty().then_some(NOON)),
            ..named(*name)
        });
        let stored = specimens.import(stream::iter(drafts)).await.unwrap();
        assert_eq!(stored, awkward.len() as u64);
        for name in awkward {
            let row = specimens.one(Column::Name.eq(name)).await.unwrap();
            let row = row.unwrap_or_else(|| panic!("{name:?} is not there"));
            assert_eq!(row.seen_at, name.is_empty().then_some(NOON));
            assert_eq!((row.legs, row.version, row.created_at), (4, 1, NOON));
        }
    }
}

#[tokio::test]
async fn an_import_is_all_or_nothing_and_tells_how_far_it_has_come() {
    for database in databases().await {
        let guild = database.guild(7).await;
        let seen = Mutex::new(Vec::new());
        let specimens = specimens(guild).reporting(|progress: Progress| {
            seen.lock().unwrap().push(progress.done);
        });
        let rows = |last: &'static str| {
            let names = (0..10_500).map(|n| format!("owl {n}"));
            stream::iter(names.chain([last.to_owned()]).map(named))
        };
        let twice = specimens.import(rows("owl 3")).await.unwrap_err();
        assert!(matches!(
            twice,
            Error::Constraint {
                kind: ConstraintKind::Unique,
                ..
            }
        ));
        assert_eq!(specimens.count(Everything).await.unwrap(), 0);
        seen.lock().unwrap().clear();
        assert_eq!(specimens.import(rows("the last")).await.unwrap(), 10_501);
        assert_eq!(*seen.lock().unwrap(), [10_000, 10_501]);
        assert_eq!(specimens.count(Everything).await.unwrap(), 10_501);
    }
}

#[tokio::test]
async fn an_import_that_is_given_up_leaves_nothing_and_a_pool_that_works() {
    for database in databases().await {
        let specimens = specimens(database.guild(7).await);
        let endless = stream::iter((0..).map(|n| named(format!("owl {n}"))));
        let given_up = tokio::time::timeout(Duration::from_millis(50), specimens.import(endless));
        given_up.await.unwrap_err();
        assert_eq!(specimens.count(Everything).await.unwrap(), 0);
        specimens.create(named("owl 0")).await.unwrap();
    }
}
