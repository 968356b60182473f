//! Pages by position.

use std::cmp::Ordering;
use std::time::Duration;

use controllers::{
    Crud, Cursor, Db, Error, Everything, Executor, Keyset, Paginate, Query, Repo, Side,
};
use proptest::prelude::*;
use sea_orm::{ActiveValue::Set, ColumnTrait};
use test_support::NOON;

use crate::property::{self, Held};
use crate::recorder::Recorder;
use crate::specimen::{self, Column, Entity, Model, databases, specimens, weighing};

/// An order as the database is told it, and as a comparison of rows.
struct Sorted {
    by: fn() -> Keyset<Entity>,
    compare: fn(&Model, &Model) -> Ordering,
}

/// NULLs last, whatever the direction.
fn seen(a: &Model, b: &Model, descending: bool) -> Ordering {
    match (a.seen_at, b.seen_at) {
        (Some(a), Some(b)) if descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

const ORDERS: &[Sorted] = &[
    Sorted {
        by: Keyset::key,
        compare: |a, b| a.id.cmp(&b.id),
    },
    Sorted {
        by: || Keyset::descending(Column::Id),
        compare: |a, b| b.id.cmp(&a.id),
    },
    Sorted {
        by: || Keyset::ascending(Column::Weight),
        compare: |a, b| a.weight.cmp(&b.weight).then(a.id.cmp(&b.id)),
    },
    Sorted {
        by: || Keyset::descending(Column::Weight),
        compare: |a, b| b.weight.cmp(&a.weight).then(b.id.cmp(&a.id)),
    },
    Sorted {
        by: || Keyset::ascending(Column::SeenAt),
        compare: |a, b| seen(a, b, false).then(a.id.cmp(&b.id)),
    },
    Sorted {
        by: || Keyset::descending(Column::SeenAt),
        compare: |a, b| seen(a, b, true).then(b.id.cmp(&a.id)),
    },
    Sorted {
        by: || Keyset::descending(Column::Weight).then_ascending(Column::SeenAt),
        compare: |a, b| {
            let weight = b.weight.cmp(&a.weight);
            weight.then(seen(a, b, false)).then(a.id.cmp(&b.id))
        },
    },
    Sorted {
        by: || Keyset::ascending(Column::SeenAt).then_descending(Column::Weight),
        compare: |a, b| {
            let weight = b.weight.cmp(&a.weight);
            seen(a, b, false).then(weight).then(b.id.cmp(&a.id))
        },
    },
    Sorted {
        by: || Keyset::ascending(Column::Weight).then_descending(Column::Id),
        compare: |a, b| a.weight.cmp(&b.weight).then(b.id.cmp(&a.id)),
    },
];

/// The way a cursor travels to a client and back.
fn travelled(cursor: Option<Cursor>) -> Option<Cursor> {
    cursor.map(|cursor| Cursor::decode(&cursor.encode().unwrap()).unwrap())
}

/// All rows by pages of `n`, and the position of the page before the last one.
async fn forward(
    specimens: Repo<'_, Entity, impl Executor>,
    by: fn() -> Keyset<Entity>,
    n: u64,
) -> (Vec<Vec<Model>>, Option<Cursor>) {
    let mut pages = Vec::new();
    let mut at = None;
    loop {
        let page = specimens.window(Everything, by(), at, n).await.unwrap();
        pages.push(page.items);
        at = travelled(page.next);
        if at.is_none() {
            return (pages, travelled(page.previous));
        }
    }
}

/// The pages before a position, in the order of the rows.
async fn backward(
    specimens: Repo<'_, Entity, impl Executor>,
    by: fn() -> Keyset<Entity>,
    n: u64,
    mut at: Option<Cursor>,
) -> Vec<Vec<Model>> {
    let mut pages = Vec::new();
    while let Some(cursor) = at {
        assert_eq!(cursor.side(), Side::Before);
        let page = specimens
            .window(Everything, by(), Some(cursor), n)
            .await
            .unwrap();
        assert!(page.next.is_some(), "there is the page that we came from");
        pages.push(page.items);
        at = travelled(page.previous);
    }
    pages.reverse();
    pages
}

/// P3: a chain of ORs loses rows with NULLs, and reads what it throws away.
#[test]
fn walking_all_pages_forward_and_backward_is_one_ordered_scan() {
    // Few different values, so that most rows tie with others, and many NULLs.
    let row = (0..3i64, prop::option::of(0..3u64));
    let inputs = (prop::collection::vec(row, 0..18), 1..7u64);
    property::check(
        12,
        databases(),
        inputs,
        async |database, guild, (rows, n)| -> Held {
            let filled = database.db().guild(guild);
            for (i, (weight, seen)) in rows.into_iter().enumerate() {
                let draft = specimen::ActiveModel {
                    seen_at: Set(seen.map(|micros| NOON + Duration::from_micros(micros))),
                    ..weighing(format!("owl {i}"), weight)
                };
                specimens(filled).create(draft).await.unwrap();
            }
            let specimens = specimens(filled);
            let mut expected = specimens.list(Everything).await.unwrap();
            for (order, Sorted { by, compare }) in ORDERS.iter().enumerate() {
                expected.sort_by(compare);
                let pages: Vec<_> = expected.chunks(usize::try_from(n).unwrap()).collect();
                let (walked, before_last) = forward(specimens, *by, n).await;
                prop_assert_eq!(walked.concat(), pages.concat(), "order {}", order);
                prop_assert_eq!(walked.len(), pages.len().max(1));

                let back = backward(specimens, *by, n, before_last).await;
                prop_assert_eq!(
                    &back[..],
                    &walked[..walked.len() - 1],
                    "order {} back",
                    order
                );

                let last = specimens.last_window(Everything, by(), n).await.unwrap();
                prop_assert!(last.next.is_none());
                let mut all = backward(specimens, *by, n, travelled(last.previous)).await;
                all.push(last.items);
                prop_assert_eq!(all.concat(), pages.concat(), "order {} from the end", order);
            }
            Ok(())
        },
    );
}

#[tokio::test]
async fn a_window_keeps_to_its_filter_and_its_size_is_kept_in_bounds() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        for weight in 0..25 {
            let draft = weighing(format!("owl {weight}"), weight);
            specimens.create(draft).await.unwrap();
        }
        let by = || Keyset::descending(Column::Weight);
        let heavy = Column::Weight.gte(20);
        let page = specimens
            .window(heavy.clone(), by(), None, 3)
            .await
            .unwrap();
        let weights = |page: &[Model]| page.iter().map(|row| row.weight).collect::<Vec<_>>();
        assert_eq!(weights(&page.items), [24, 23, 22]);
        let page = specimens.window(heavy, by(), page.next, 3).await.unwrap();
        assert_eq!(weights(&page.items), [21, 20]);
        assert!(page.next.is_none());

        let none = specimens.window(Everything, by(), None, 0).await.unwrap();
        assert_eq!(weights(&none.items), [24]);
        let most = specimens
            .window(Everything, by(), None, u64::MAX)
            .await
            .unwrap();
        assert_eq!(most.items.len(), 20);
        assert!(most.next.is_some());
        let names = most.map(|row| row.name);
        assert_eq!(names.items[0], "owl 24");
    }
}

#[tokio::test]
async fn a_cursor_of_another_order_is_refused() {
    for database in databases().await {
        let guild = database.guild(7).await;
        let specimens = specimens(guild);
        for weight in 0..3 {
            let draft = weighing(format!("owl {weight}"), weight);
            specimens.create(draft).await.unwrap();
        }
        let by = Keyset::ascending(Column::Weight);
        let page = specimens.window(Everything, by, None, 1).await.unwrap();
        let others = [
            Keyset::key(),
            Keyset::descending(Column::Weight),
            Keyset::ascending(Column::SeenAt),
            Keyset::ascending(Column::Weight).then_ascending(Column::SeenAt),
        ];
        for other in others {
            let refused = specimens
                .window(Everything, other, page.next.clone(), 1)
                .await
                .unwrap_err();
            assert!(matches!(refused, Error::Cursor(_)), "{refused}");
        }
        let other_table = guild
            .cases()
            .window(Everything, Keyset::key(), page.next.clone(), 1)
            .await
            .unwrap_err();
        assert!(matches!(other_table, Error::Cursor(_)), "{other_table}");
        // The guild is fixed by the handle: across guilds the same columns are another order.
        let across = database
            .db()
            .global::<Entity>()
            .window(Everything, Keyset::ascending(Column::Weight), page.next, 1)
            .await
            .unwrap_err();
        assert!(matches!(across, Error::Cursor(_)), "{across}");
    }
}

/// P3, P29: the position is one row value, without the guild that the handle fixes.
#[tokio::test]
async fn a_window_in_one_direction_is_one_index_range_scan_at_any_depth() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        fill(&recorder, database.is_sqlite()).await;
        let specimens = specimens(Db::new(&recorder, database.clock()).guild(7));
        let orders: [fn() -> Keyset<Entity>; 4] = [
            Keyset::key,
            || Keyset::descending(Column::Id),
            || Keyset::ascending(Column::Weight),
            || Keyset::descending(Column::Weight),
        ];
        for by in orders {
            let (mut previous, mut next) = (None, None);
            for _ in 0..30 {
                let page = specimens.window(Everything, by(), next, 20).await.unwrap();
                (previous, next) = (page.previous, page.next);
            }
            for at in [previous, next] {
                assert!(at.is_some(), "in the middle there is a page on either side");
                recorder.take();
                specimens.window(Everything, by(), at, 20).await.unwrap();
                let statements = recorder.take();
                let [statement] = &statements[..] else {
                    panic!("one round trip, not {statements:?}");
                };
                let plan = recorder.plan(statement.clone()).await;
                assert!(is_range_scan(&plan, database.is_sqlite()), "{plan}");
            }
        }
    }
}

/// Whether the plan seeks to the position by the whole row value and sorts nothing.
fn is_range_scan(plan: &str, sqlite: bool) -> bool {
    if sqlite {
        let seeks = plan.starts_with("SEARCH specimen USING INDEX");
        let whole = plan.contains("(weight,id)") || plan.contains("id>?") || plan.contains("id<?");
        seeks && whole && !plan.contains("TEMP B-TREE")
    } else {
        let condition = plan.lines().find(|line| line.contains("Index Cond:"));
        let whole = |line: &str| line.contains("ROW(weight, id)") || line.contains("(id ");
        condition.is_some_and(whole) && !plan.contains("Sort")
    }
}

/// Enough rows for an index to be worth it, half of them another guild's.
async fn fill(conn: &impl Executor, sqlite: bool) {
    let (id, time) = if sqlite {
        ("randomblob(16)", "'2027-03-01T12:00:00+00:00'")
    } else {
        ("gen_random_uuid()", "timestamptz '2027-03-01T12:00:00Z'")
    };
    let insert = format!(
        "INSERT INTO specimen (guild_id, id, name, weight, created_at, updated_at, version)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
         SELECT 7 + i % 2, {id}, 'owl ' || i, i % 97, {time}, {time}, 1 FROM n"
    );
    conn.execute_unprepared(&insert).await.unwrap();
    conn.execute_unprepared("ANALYZE specimen").await.unwrap();
}
