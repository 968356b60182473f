//! Pages by number, and all rows in batches.

use controllers::{Bulk, Controller, Crud, Db, Everything, Keyset, Paginate, Progress, Query};
use futures_util::{StreamExt, TryStreamExt};
use proptest::prelude::*;
use sea_orm::ColumnTrait;
use std::{collections::HashSet, sync::Mutex};

use crate::property::{self, Held};
use crate::recorder::Recorder;
use crate::specimen::{Column, Model, databases, named, specimens, weighing};

fn weights(rows: &[Model]) -> Vec<i64> {
    rows.iter().map(|row| row.weight).collect()
}

#[tokio::test]
async fn a_page_knows_how_many_there_are_and_beyond_the_last_one_is_the_last_one() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let specimens = specimens(Db::new(&recorder, database.clock()).guild(7));
        let by = || Keyset::descending(Column::Weight);
        let empty = specimens.page(Everything, by(), 3, 5).await.unwrap();
        assert_eq!((empty.items.len(), empty.number, empty.pages()), (0, 1, 1));

        let drafts = (0..12).map(|n| weighing(format!("owl {n}"), n));
        specimens.insert_many(drafts).await.unwrap();
        recorder.take();
        let page = specimens.page(Everything, by(), 2, 5).await.unwrap();
        assert_eq!(recorder.take().len(), 2, "the count and the rows");
        assert_eq!(weights(&page.items), [6, 5, 4, 3, 2]);
        assert_eq!(
            (page.number, page.size, page.total, page.pages()),
            (2, 5, 12, 3)
        );
        for beyond in [4, u64::MAX] {
            let page = specimens.page(Everything, by(), beyond, 5).await.unwrap();
            assert_eq!((weights(&page.items), page.number), (vec![1, 0], 3));
        }
        let first = specimens.page(Everything, by(), 0, 5).await.unwrap();
        assert_eq!((first.items[0].weight, first.number), (11, 1));
        let odd = specimens
            .page(Column::Weight.gte(10), by(), 1, 0)
            .await
            .unwrap();
        assert_eq!((weights(&odd.items), odd.size, odd.total), (vec![11], 1, 2));
        let most = specimens.page(Everything, by(), 1, u64::MAX).await.unwrap();
        assert_eq!((most.size, most.items.len()), (20, 12));
    }
}

#[tokio::test]
async fn a_slice_tells_whether_there_is_more_and_counts_nothing() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let specimens = specimens(Db::new(&recorder, database.clock()).guild(7));
        let drafts = (0..5).map(|n| weighing(format!("owl {n}"), n));
        specimens.insert_many(drafts).await.unwrap();
        recorder.take();
        let by = || Keyset::ascending(Column::Weight);
        let slice = specimens.slice(Everything, by(), 1, 3).await.unwrap();
        assert_eq!(recorder.take().len(), 1);
        assert_eq!((weights(&slice.items), slice.more), (vec![1, 2, 3], true));
        let slice = specimens.slice(Everything, by(), 2, 3).await.unwrap();
        assert_eq!((weights(&slice.items), slice.more), (vec![2, 3, 4], false));
        let slice = specimens
            .slice(Everything, by(), u64::MAX, 3)
            .await
            .unwrap();
        assert_eq!((slice.items.len(), slice.more), (0, false));
    }
}

#[test]
fn pages_slices_and_batches_are_all_the_same_ordered_scan() {
    let inputs = (prop::collection::vec(0..3i64, 0..20), 1..7u64);
    property::check(
        12,
        databases(),
        inputs,
        async |database, guild, (rows, n)| -> Held {
            let specimens = specimens(database.db().guild(guild));
            let drafts = rows
                .iter()
                .enumerate()
                .map(|(i, w)| weighing(format!("owl {i}"), *w));
            specimens.insert_many(drafts).await.unwrap();
            let by = || Keyset::ascending(Column::Weight);
            let expected = specimens.list_by(Everything, by()).await.unwrap();
            prop_assert!(expected.is_sorted_by_key(|row| (row.weight, row.id)));
            prop_assert_eq!(expected.len(), rows.len());

            let (mut by_number, mut sliced) = (Vec::new(), Vec::new());
            let pages = specimens
                .page(Everything, by(), 1, n)
                .await
                .unwrap()
                .pages();
            for number in 1..=pages {
                by_number.extend(
                    specimens
                        .page(Everything, by(), number, n)
                        .await
                        .unwrap()
                        .items,
                );
                let slice = specimens
                    .slice(Everything, by(), (number - 1) * n, n)
                    .await
                    .unwrap();
                prop_assert_eq!(slice.more, number < pages);
                sliced.extend(slice.items);
            }
            prop_assert_eq!(&by_number, &expected);
            prop_assert_eq!(&sliced, &expected);
            let batches: Vec<_> = specimens
                .batches(Everything, n)
                .try_collect()
                .await
                .unwrap();
            prop_assert!(batches.iter().all(|batch| batch.len() as u64 <= n));
            prop_assert_eq!(batches.concat(), specimens.list(Everything).await.unwrap());
            Ok(())
        },
    );
}

#[tokio::test]
async fn rows_that_stay_come_exactly_once_whatever_is_written_between_two_batches() {
    for database in databases().await {
        let guild = database.db().guild(7);
        let specimens = specimens(guild);
        let drafts = (0..40).map(|n| named(format!("owl {n}")));
        let rows = specimens.insert_many(drafts).await.unwrap();
        let mut seen = HashSet::new();
        let mut batches = std::pin::pin!(specimens.batches(Everything, 7));
        let mut n = 0;
        while let Some(batch) = batches.next().await {
            for row in batch.unwrap() {
                assert!(seen.insert(row.id), "{row:?} came twice");
            }
            n += 1;
            // No connection is held: SQLite has a single one for writers.
            specimens.create(named(format!("new {n}"))).await.unwrap();
            specimens.purge((7, rows[n].id)).await.unwrap();
            specimens
                .bump((7, rows[20].id), Column::Weight, 1)
                .await
                .unwrap();
        }
        let gone: HashSet<_> = rows[1..=n].iter().map(|row| row.id).collect();
        for row in &rows {
            assert!(
                seen.contains(&row.id) || gone.contains(&row.id),
                "{database:?}"
            );
        }
    }
}

#[tokio::test]
async fn batches_take_one_round_trip_each_and_tell_their_progress() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let specimens = specimens(Db::new(&recorder, database.clock()).guild(7));
        let drafts = (0..10).map(|n| weighing(format!("owl {n}"), n));
        specimens.insert_many(drafts).await.unwrap();
        recorder.take();
        let told = Mutex::new(Vec::new());
        let reporting = specimens.reporting(|progress: Progress| {
            told.lock().unwrap().push((progress.done, progress.total));
        });
        let batches: Vec<_> = reporting
            .batches(Column::Weight.lt(8), 4)
            .try_collect()
            .await
            .unwrap();
        assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4]);
        assert_eq!(recorder.take().len(), 2);
        assert_eq!(*told.lock().unwrap(), [(4, None), (8, None)]);
    }
}
