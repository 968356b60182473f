//! Many drafts as few statements.

use crate::{Controller, Draft, Executor, Progress, Result, dialect::rows};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Iterable, QueryResult,
    Statement, Value, sea_query::TableRef,
};
use std::collections::BTreeMap;

/// The rows of one statement.
pub(super) struct Batch<E: EntityTrait> {
    /// The columns that each of the rows has a value for.
    pub(super) columns: Vec<E::Column>,
    /// Where each row stood in the input.
    pub(super) places: Vec<usize>,
    values: Vec<Vec<Value>>,
}

impl<E: EntityTrait> Batch<E> {
    /// The rows as a table to read from; its columns are named by their position.
    pub(super) fn into_table(self, backend: DbBackend) -> (Vec<E::Column>, TableRef) {
        let nullable: Vec<_> = self.columns.iter().map(|c| c.def().is_null()).collect();
        let table = rows::rows(self.values, &nullable, backend);
        (self.columns, table)
    }
}

/// Drafts grouped by which columns are `wanted` of them, and cut below the limits of the database.
///
/// A statement has one list of columns: a column that only some of its rows set would be NULL in the
/// others, and not what the database has for it by default.
pub(super) fn cut<E: EntityTrait>(
    drafts: impl IntoIterator<Item = Draft<E>>,
    wanted: impl Fn(&Draft<E>, E::Column) -> bool,
    backend: DbBackend,
) -> Vec<Batch<E>> {
    let mut batches = Vec::new();
    for (columns, drafts) in grouped::<E>(drafts, wanted) {
        let mut sizes = rows::sizes(drafts.len(), columns.len(), backend).into_iter();
        let mut drafts = drafts.into_iter().peekable();
        while drafts.peek().is_some() {
            let size = sizes.next().unwrap_or(1);
            let (places, values) = drafts
                .by_ref()
                .take(size)
                .map(|(place, mut draft)| (place, taken::<E>(&mut draft, &columns)))
                .unzip();
            batches.push(Batch {
                columns: columns.clone(),
                places,
                values,
            });
        }
    }
    batches
}

/// Drafts of the same shape, with where they stood in the input.
type Shaped<E> = (Vec<<E as EntityTrait>::Column>, Vec<(usize, Draft<E>)>);

fn grouped<E: EntityTrait>(
    drafts: impl IntoIterator<Item = Draft<E>>,
    wanted: impl Fn(&Draft<E>, E::Column) -> bool,
) -> Vec<Shaped<E>> {
    let all: Vec<_> = E::Column::iter().collect();
    let mut groups: BTreeMap<Vec<bool>, Vec<(usize, Draft<E>)>> = BTreeMap::new();
    for (place, draft) in drafts.into_iter().enumerate() {
        let shape = all.iter().map(|column| wanted(&draft, *column)).collect();
        groups.entry(shape).or_default().push((place, draft));
    }
    let columns = |shape: Vec<bool>| {
        let set = all.iter().zip(shape).filter(|(_, set)| *set);
        set.map(|(column, _)| *column).collect()
    };
    groups
        .into_iter()
        .map(|(shape, drafts)| (columns(shape), drafts))
        .collect()
}

/// Columns, and rows with a value for each of them.
type Table<E> = (Vec<<E as EntityTrait>::Column>, Vec<Vec<Value>>);

/// Drafts grouped by the columns that are `wanted` of them, as rows of values, whatever their number.
pub(super) fn tables<E: EntityTrait>(
    drafts: impl IntoIterator<Item = Draft<E>>,
    wanted: impl Fn(&Draft<E>, E::Column) -> bool,
) -> Vec<Table<E>> {
    let rows = |(columns, drafts): Shaped<E>| {
        let values = |(_, mut draft)| taken::<E>(&mut draft, &columns);
        let rows = drafts.into_iter().map(values).collect();
        (columns, rows)
    };
    grouped::<E>(drafts, wanted).into_iter().map(rows).collect()
}

fn taken<E: EntityTrait>(draft: &mut Draft<E>, columns: &[E::Column]) -> Vec<Value> {
    let values = columns.iter().map(|column| draft.take(*column));
    values
        .filter_map(sea_orm::ActiveValue::into_value)
        .collect()
}

/// Whether one statement needs a transaction around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    /// No: it is atomic by itself.
    Suffices,
    /// Yes: its answer may be a reason to undo it.
    MayBeUndone,
}

/// Runs the statement of each batch, all or nothing, and hands on what came back for which places of
/// the input.
pub(super) async fn atomically<T: Controller + ?Sized>(
    controller: &T,
    batches: Vec<Batch<T::Entity>>,
    alone: Alone,
    statement: impl Fn(Vec<<T::Entity as EntityTrait>::Column>, TableRef) -> Statement + Send + Sync,
    mut answered: impl FnMut(&[usize], Vec<QueryResult>) -> Result<()> + Send,
) -> Result<()> {
    let conn = controller.conn();
    let backend = conn.get_database_backend();
    let total = batches.iter().map(|batch| batch.places.len() as u64).sum();
    let mut done = 0;
    let tx = match (batches.len(), alone) {
        (0, _) => return Ok(()),
        (1, Alone::Suffices) => None,
        _ => Some(conn.begin_nested().await?),
    };
    let work = async {
        for mut batch in batches {
            let places = std::mem::take(&mut batch.places);
            let (columns, table) = batch.into_table(backend);
            let statement = statement(columns, table);
            let rows = match &tx {
                Some(tx) => tx.query_all_raw(statement).await?,
                None => conn.query_all_raw(statement).await?,
            };
            answered(&places, rows)?;
            done += places.len() as u64;
            controller.progressed(Progress {
                done,
                total: Some(total),
            });
        }
        Ok(())
    };
    let result = work.await;
    match tx {
        Some(tx) => tx.finish(result).await,
        None => result,
    }
}
