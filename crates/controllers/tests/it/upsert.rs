//! Create or update by a unique key.

use controllers::{Bulk, Conflict, Crud, Db, Error, Everything, Query, Upsert, Upserted};
use proptest::prelude::*;
use sea_orm::{ActiveValue::Set, ColumnTrait};
use std::{collections::HashMap, time::Duration};
use test_support::NOON;

use crate::property::{self, Held};
use crate::recorder::Recorder;
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

/// P19: the future of a verb is `Send`, whatever it iterates over.
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

/// P10: sea-orm reports the row that was there already as an error.
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

fn what<M>(upserted: &Upserted<M>) -> &'static str {
    match upserted {
        Upserted::Created(_) => "created",
        Upserted::Updated(_) => "updated",
        Upserted::Unchanged(_) => "unchanged",
    }
}

/// P6: the same key twice in one statement is an error on PostgreSQL and two writes on SQLite.
#[test]
fn many_upserts_are_as_if_only_the_last_of_each_row_had_been_done() {
    // Few names, so that many drafts meet; some have a column that others leave to its default.
    let draft = (0..5u8, 0..3i64, prop::option::of(0..2i64));
    let inputs = prop::collection::vec(prop::collection::vec(draft, 0..12), 1..4);
    property::check(
        12,
        databases(),
        inputs,
        async |database, guild, rounds| -> Held {
            let specimens = specimens(database.db().guild(guild));
            let on = || by_name().updating([Column::Weight]);
            let mut stored: HashMap<String, (i64, i64)> = HashMap::new();
            for round in rounds {
                let drafts: Vec<_> = round
                    .iter()
                    .map(|(name, weight, legs)| specimen::ActiveModel {
                        legs: legs.map_or(sea_orm::NotSet, Set),
                        ..weighing(format!("owl {name}"), *weight)
                    })
                    .collect();
                let upserted = specimens.upsert_many(drafts, on()).await.unwrap();
                prop_assert_eq!(upserted.len(), round.len());
                let last: HashMap<_, _> = round
                    .iter()
                    .map(|(n, w, _)| (format!("owl {n}"), *w))
                    .collect();
                for ((name, _, _), upserted) in round.iter().zip(&upserted) {
                    let name = format!("owl {name}");
                    let (expected, version) = match stored.get(&name) {
                        None => ("created", 1),
                        Some((weight, version)) if *weight == last[&name] => {
                            ("unchanged", *version)
                        }
                        Some((_, version)) => ("updated", version + 1),
                    };
                    let row = upserted.clone().into_row();
                    prop_assert_eq!(what(upserted), expected);
                    prop_assert_eq!(
                        (&row.name, row.weight, row.version),
                        (&name, last[&name], version)
                    );
                }
                for (row, (name, _, _)) in upserted.into_iter().map(Upserted::into_row).zip(&round)
                {
                    stored.insert(format!("owl {name}"), (row.weight, row.version));
                }
            }
            let rows = specimens.list(Everything).await.unwrap();
            prop_assert_eq!(rows.len(), stored.len());
            Ok(())
        },
    );
}

#[tokio::test]
async fn many_upserts_are_all_or_nothing_and_few_round_trips() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let specimens = specimens(Db::new(&recorder, database.clock()).guild(7));
        let drafts = |n| (0..n).map(|n| weighing(format!("owl {n}"), n));
        specimens.upsert_many(drafts(64), by_name()).await.unwrap();
        assert_eq!(recorder.take().len(), 1);
        let mut heavier: Vec<_> = drafts(64).collect();
        heavier[5].weight = Set(99);
        let upserted = specimens.upsert_many(heavier, by_name()).await.unwrap();
        assert_eq!(
            recorder.take().len(),
            2,
            "one more for those that did not change"
        );
        let changed: Vec<_> = upserted.iter().map(what).enumerate().collect();
        assert!(
            changed
                .iter()
                .all(|(n, what)| (*what == "updated") == (*n == 5)),
            "{changed:?}"
        );

        // The last one takes the key of another row.
        let taken = upserted[0].clone().into_row().id;
        let clash = specimen::ActiveModel {
            id: Set(taken),
            ..named("new")
        };
        let drafts = drafts(2_000).map(|draft| specimen::ActiveModel {
            weight: Set(-1),
            ..draft
        });
        let refused = specimens
            .upsert_many(drafts.chain([clash]), by_name())
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::Constraint { .. }), "{refused:?}");
        assert!(!specimens.exists(Column::Weight.eq(-1)).await.unwrap());
        assert!(
            specimens
                .upsert_many([], by_name())
                .await
                .unwrap()
                .is_empty()
        );
    }
}

/// P18: a deleted owner of a name is not in the way, and not brought back.
#[tokio::test]
async fn many_upserts_by_a_partial_index_meet_live_rows_only() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let old = specimens.insert_many(["a", "b"].map(named)).await.unwrap();
        specimens.delete((7, old[0].id)).await.unwrap();
        // Six times: PostgreSQL plans a statement anew until it has seen it five times.
        for round in 0..6 {
            let drafts = ["a", "b"].map(|name| weighing(name, round));
            let upserted = specimens.upsert_many(drafts, by_name()).await.unwrap();
            let expected = if round == 0 {
                ["created", "unchanged"]
            } else {
                ["updated"; 2]
            };
            assert_eq!(
                [what(&upserted[0]), what(&upserted[1])],
                expected,
                "{database:?}"
            );
        }
        // The value in a predicate is part of the text: bound, it would name no index.
        let centipede = |weight| specimen::ActiveModel {
            legs: Set(354_000),
            ..weighing("centipede", weight)
        };
        let by_legs = |least: i64| {
            Conflict::on([Column::GuildId, Column::Legs])
                .only_where(Column::Legs.gt(least))
                .updating([Column::Weight])
        };
        for weight in 0..6 {
            let upserted = specimens.upsert(centipede(weight), by_legs(100_000)).await;
            let expected = if weight == 0 { "created" } else { "updated" };
            assert_eq!(what(&upserted.unwrap()), expected, "{database:?}");
        }
        let no_such_index = specimens.upsert(centipede(9), by_legs(99_999)).await;
        assert!(
            matches!(no_such_index, Err(Error::Db(_))),
            "{no_such_index:?}"
        );
    }
}
