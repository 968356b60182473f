//! The statements about many given rows.

use super::one::{next, returning};
use crate::{Controller, Draft, Id, Result, dialect::rows, key};
use entity::Managed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbBackend, EntityName, EntityTrait, IdenStatic, QueryResult,
    TryGetableMany,
    sea_query::{
        Expr, ExprTrait, InsertStatement, IntoValueTuple, OnConflict, Query, TableRef,
        UpdateStatement, ValueTuple,
    },
};
use std::collections::HashSet;

/// The keys of drafts, all of which must have one.
pub(super) fn keys<E: Managed>(drafts: &[Draft<E>]) -> Result<Vec<ValueTuple>> {
    drafts.iter().map(key::value::<E>).collect()
}

/// Like [`keys`]; a second draft of the same row cannot have seen what the first one changes.
pub(super) fn distinct_keys<E: Managed>(drafts: &[Draft<E>]) -> Result<Vec<ValueTuple>> {
    let keys = keys::<E>(drafts)?;
    let mut seen = HashSet::with_capacity(keys.len());
    match keys.iter().find(|key| !seen.insert(*key)) {
        Some(twice) => Err(key::stale::<E>(twice)),
        None => Ok(keys),
    }
}

/// Whether an INSERT names the column.
pub(super) fn is_set<E: EntityTrait>(draft: &Draft<E>, column: E::Column) -> bool {
    !draft.is_not_set(column)
}

/// Whether an UPDATE needs the draft's value of the column: to find the row, or because it changed.
pub(super) fn is_written<E: Managed>(draft: &Draft<E>, column: E::Column) -> bool {
    let finds = key::is_in_key::<E>(column) || key::same(column, E::VERSION);
    // The time of the change is the same for all rows.
    finds || (draft.get(column).is_set() && !key::same(column, E::UPDATED_AT))
}

/// INSERT of the rows of a table, which come back as they are stored.
pub(super) fn insert<E: EntityTrait>(
    columns: &[E::Column],
    table: TableRef,
    on_conflict: Option<OnConflict>,
    backend: DbBackend,
) -> InsertStatement {
    let mut select = Query::select();
    for (index, column) in columns.iter().enumerate() {
        select.expr(column.save_as(new(index)));
    }
    // SQLite would take ON CONFLICT for a part of the SELECT if that had no WHERE.
    select.from(table).and_where(Expr::cust("true"));
    let mut insert = Query::insert();
    insert
        .into_table(E::default().table_ref())
        .columns(columns.iter().copied());
    if let Err(never) = insert.select_from(select.take()) {
        // One expression was selected for each column.
        debug_assert!(false, "{never}");
    }
    if let Some(clause) = on_conflict {
        insert.on_conflict(clause);
    }
    insert.returning(returning::<E>(backend)).take()
}

/// UPDATE of the rows that a table names by key and version; their keys come back.
pub(super) fn update_from<T: Controller + ?Sized>(
    controller: &T,
    columns: &[<T::Entity as EntityTrait>::Column],
    table: TableRef,
) -> UpdateStatement {
    let mut update = Query::update();
    update.table(T::Entity::default().table_ref()).from(table);
    for (index, column) in columns.iter().copied().enumerate() {
        if key::is_in_key::<T::Entity>(column) {
            update.and_where(column.into_expr().eq(new(index)));
        } else if key::same(column, T::Entity::VERSION) {
            update.and_where(column.into_expr().eq(new(index)));
            update.value(column, next(column));
        } else {
            update.value(column, column.save_as(new(index)));
        }
    }
    if let Some(column) = T::Entity::UPDATED_AT {
        update.value(column, controller.clock().now());
    }
    update
        .cond_where(controller.confined())
        .returning(Query::returning().columns(key::columns::<T::Entity>()))
        .take()
}

/// The place of the first row that was not written.
pub(super) fn first_missing<E: Managed>(
    keys: &[ValueTuple],
    places: &[usize],
    written: &[QueryResult],
) -> Result<Option<usize>> {
    if written.len() == places.len() {
        return Ok(None);
    }
    let names: Vec<_> = key::columns::<E>()
        .into_iter()
        .map(|column| column.as_str().to_owned())
        .collect();
    let mut found = HashSet::with_capacity(written.len());
    for row in written {
        let id = Id::<E>::try_get_many(row, "", &names).map_err(sea_orm::DbErr::from)?;
        found.insert(id.into_value_tuple());
    }
    let missing = |place: &&usize| keys.get(**place).is_some_and(|key| !found.contains(key));
    Ok(places.iter().find(missing).copied())
}

/// A column of the table of new rows.
pub(super) fn new(index: usize) -> Expr {
    Expr::col((rows::NEW, rows::column(index)))
}
