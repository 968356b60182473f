//! The statements about one row, and their values in the order in which they are bound.

use crate::{
    Controller, Draft, Id, Result, key,
    text::{self, Shape, Verb, mask},
};
use entity::Managed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityName, EntityTrait,
    FromQueryResult, Iterable, QueryFilter, QuerySelect, QueryTrait, Select, Statement, UpdateMany,
    Value,
    prelude::DateTimeUtc,
    sea_query::{
        Expr, ExprTrait, InsertStatement, IntoValueTuple, OnConflict, Query, ReturningClause,
    },
};

/// Runs a statement that returns one row or none.
pub(super) async fn row<E: EntityTrait>(
    conn: &impl ConnectionTrait,
    statement: Statement,
) -> Result<Option<E::Model>> {
    let row = conn.query_one_raw(statement).await?;
    Ok(row
        .map(|row| E::Model::from_query_result(&row, ""))
        .transpose()?)
}

/// Runs a statement about one row: whether it met one.
pub(super) async fn did(conn: &impl ConnectionTrait, statement: Statement) -> Result<bool> {
    Ok(conn.execute_raw(statement).await?.rows_affected() > 0)
}

/// RETURNING of all columns, as the model reads them.
pub(super) fn returning<E: EntityTrait>(backend: DbBackend) -> ReturningClause {
    let columns = E::Column::iter().map(|c| c.select_as(c.into_returning_expr(backend)));
    Query::returning().exprs(columns)
}

/// What [`Controller::confined`] binds.
pub(super) fn confines<T: Controller + ?Sized>(controller: &T) -> Option<Value> {
    T::Entity::TENANT.and(controller.tenant()).map(Value::from)
}

/// INSERT of a draft.
pub(super) fn insert<E: EntityTrait>(
    draft: Draft<E>,
    on_conflict: Option<OnConflict>,
    backend: DbBackend,
) -> InsertStatement {
    let mut query = E::insert(draft).into_query();
    if let Some(clause) = on_conflict {
        query.on_conflict(clause);
    }
    // sea-orm's own `exec_with_returning` reports a row that ON CONFLICT skipped as an error.
    query.returning(returning::<E>(backend)).take()
}

/// The columns that an INSERT of the draft names, and their values.
pub(super) fn inserted<E: EntityTrait>(draft: &Draft<E>) -> (text::Mask, Vec<Value>) {
    let values = E::Column::iter().filter_map(|column| draft.get(column).into_value());
    let columns = mask::<E>(|column| !draft.is_not_set(column));
    (columns, values.collect())
}

/// Whether an UPDATE by the draft has anything to write.
pub(super) fn has_changes<E: EntityTrait>(draft: &Draft<E>) -> bool {
    E::Column::iter().any(|column| is_changed::<E>(draft, column))
}

fn is_changed<E: EntityTrait>(draft: &Draft<E>, column: E::Column) -> bool {
    draft.get(column).is_set() && !key::is_in_key::<E>(column)
}

/// UPDATE of the row of a draft, if that is still at the version it was read at.
pub(super) fn update<T: Controller + ?Sized>(
    controller: &T,
    draft: &Draft<T::Entity>,
    read_at: Option<i64>,
) -> Statement {
    let columns = mask::<T::Entity>(|column| is_changed::<T::Entity>(draft, column));
    let changed = |column: &_| is_changed::<T::Entity>(draft, *column);
    let keys = key::columns::<T::Entity>();
    let values = <T::Entity as EntityTrait>::Column::iter()
        .filter(changed)
        .chain(keys.iter().copied())
        .filter_map(|column| draft.get(column).into_value())
        .chain(confines(controller))
        .chain(read_at.map(Value::from))
        .collect();
    text::statement(
        controller,
        Shape::writing(Verb::Update, columns),
        values,
        || {
            let mut update = Query::update();
            update.table(T::Entity::default().table_ref());
            for column in <T::Entity as EntityTrait>::Column::iter().filter(changed) {
                if let Some(value) = draft.get(column).into_value() {
                    update.value(column, column.save_as(Expr::val(value)));
                }
            }
            for column in keys {
                update
                    .and_where_option(draft.get(column).into_value().map(|value| column.eq(value)));
            }
            update.cond_where(controller.confined());
            if let Some((column, version)) = T::Entity::VERSION.zip(read_at) {
                update.and_where(column.eq(version));
            }
            let backend = controller.conn().get_database_backend();
            update.returning(returning::<T::Entity>(backend)).take()
        },
    )
}

/// The columns that every change moves.
pub(super) fn changed<E: Managed>(mut query: UpdateMany<E>, now: DateTimeUtc) -> UpdateMany<E> {
    if let Some(column) = E::UPDATED_AT {
        query = query.col_expr(column, Expr::value(now));
    }
    if let Some(column) = E::VERSION {
        query = query.col_expr(column, next(column));
    }
    query
}

/// What [`changed`] binds.
pub(super) fn changes<E: Managed>(now: DateTimeUtc) -> Option<Value> {
    E::UPDATED_AT.map(|_| now.into())
}

/// The version after this one.
pub(super) fn next<C: ColumnTrait>(version: C) -> Expr {
    version.into_expr().add(Expr::cust("1"))
}

/// `column = column + by` in one row.
pub(super) fn bump<T: Controller + ?Sized>(
    controller: &T,
    id: Id<T::Entity>,
    column: <T::Entity as EntityTrait>::Column,
    by: i64,
) -> Statement {
    let (now, key) = (controller.clock().now(), id.into_value_tuple());
    let values = changes::<T::Entity>(now)
        .into_iter()
        .chain([by.into()])
        .chain(key.clone())
        .chain(confines(controller))
        .collect();
    let columns = mask::<T::Entity>(|other| key::same(other, Some(column)));
    text::statement(
        controller,
        Shape::writing(Verb::Bump, columns),
        values,
        || {
            let query = changed(T::Entity::update_many(), now)
                .col_expr(column, column.into_expr().add(by))
                .filter(key::equal::<T::Entity>(key))
                .filter(controller.confined());
            let mut query = query.into_query();
            let backend = controller.conn().get_database_backend();
            query.returning(returning::<T::Entity>(backend)).take()
        },
    )
}

/// Soft deletion (`at` is its time) or its undoing (`None`) of one row.
pub(super) fn mark<T: Controller + ?Sized>(
    controller: &T,
    id: Id<T::Entity>,
    deleted: <T::Entity as EntityTrait>::Column,
    at: Option<DateTimeUtc>,
) -> Statement {
    let (now, key) = (controller.clock().now(), id.into_value_tuple());
    let (verb, before) = match at {
        Some(_) => (Verb::Delete, deleted.is_null()),
        None => (Verb::Restore, deleted.is_not_null()),
    };
    let values = changes::<T::Entity>(now)
        .into_iter()
        .chain([at.into()])
        .chain(key.clone())
        .chain(confines(controller))
        .collect();
    text::statement(controller, Shape::of(verb), values, || {
        changed(T::Entity::update_many(), now)
            .col_expr(deleted, Expr::value(at))
            .filter(key::equal::<T::Entity>(key))
            .filter(before)
            .filter(Condition::all().add_option(controller.tenant_is()))
            .into_query()
    })
}

/// DELETE of one row.
pub(super) fn purge<T: Controller + ?Sized>(controller: &T, id: Id<T::Entity>) -> Statement {
    let key = id.into_value_tuple();
    let values = key
        .clone()
        .into_iter()
        .chain(confines(controller))
        .collect();
    text::statement(controller, Shape::of(Verb::Purge), values, || {
        T::Entity::delete_many()
            .filter(key::equal::<T::Entity>(key))
            .filter(Condition::all().add_option(controller.tenant_is()))
            .into_query()
    })
}

/// SELECT of one row, locked when `lock` does that to a query.
pub(super) fn find<T: Controller + ?Sized>(
    controller: &T,
    verb: Verb,
    id: Id<T::Entity>,
    lock: impl FnOnce(Select<T::Entity>, DbBackend) -> Select<T::Entity>,
) -> Statement {
    let key = id.into_value_tuple();
    let values = confines(controller)
        .into_iter()
        .chain(key.clone())
        .chain([1_u64.into()]);
    text::statement(controller, Shape::of(verb), values.collect(), || {
        let query = controller.select().filter(key::equal::<T::Entity>(key));
        lock(query.limit(1), controller.conn().get_database_backend()).into_query()
    })
}
