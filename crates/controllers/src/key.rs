//! Keys of any shape, single or composite, as conditions.

use crate::{Error, Result};
use entity::Managed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IdenStatic, Iterable,
    PrimaryKeyToColumn, PrimaryKeyTrait, Value, sea_query::ValueTuple,
};

/// The key value of an entity: a scalar or a tuple.
pub type Id<E> = <<E as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType;
/// A stored row.
pub type Row<E> = <E as EntityTrait>::Model;
/// A row to be written: columns are set, unchanged or not set.
pub type Draft<E> = <E as EntityTrait>::ActiveModel;

/// Table name, for messages.
pub(crate) fn table<E: EntityTrait>() -> &'static str {
    E::default().table_name()
}

/// Key columns in key order. Collected, because the iterator held across an await is not `Send`.
pub(crate) fn columns<E: EntityTrait>() -> Vec<E::Column> {
    E::PrimaryKey::iter()
        .map(PrimaryKeyToColumn::into_column)
        .collect()
}

/// The draft's key.
pub(crate) fn value<E: Managed>(draft: &Draft<E>) -> Result<ValueTuple> {
    draft.get_primary_key_value().ok_or(Error::Unset {
        entity: table::<E>(),
        column: "key",
    })
}

/// The version that the draft was read at; `None` for tables without one.
pub(crate) fn version<E: Managed>(draft: &Draft<E>) -> Result<Option<i64>> {
    let Some(column) = E::VERSION else {
        return Ok(None);
    };
    match draft.get(column).into_value() {
        Some(Value::BigInt(Some(version))) => Ok(Some(version)),
        _ => Err(Error::Unset {
            entity: table::<E>(),
            column: column.as_str(),
        }),
    }
}

/// Whether the column is a part of the key.
pub(crate) fn is_in_key<E: EntityTrait>(column: E::Column) -> bool {
    E::PrimaryKey::iter().any(|part| part.into_column().as_str() == column.as_str())
}

/// Whether the column is the one that a policy names.
pub(crate) fn same<C: ColumnTrait>(column: C, named: Option<C>) -> bool {
    named.is_some_and(|named| named.as_str() == column.as_str())
}

/// The row does not exist.
pub(crate) fn not_found<E: EntityTrait>(key: &ValueTuple) -> Error {
    Error::NotFound {
        entity: table::<E>(),
        key: shown(key.clone()),
    }
}

/// The row is not the one that was read.
pub(crate) fn stale<E: EntityTrait>(key: &ValueTuple) -> Error {
    Error::Stale {
        entity: table::<E>(),
        key: shown(key.clone()),
    }
}

/// A key as people write it: `5`, `(5, 7)`.
pub(crate) fn shown(values: ValueTuple) -> String {
    let parts: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    match parts.as_slice() {
        [one] => one.clone(),
        many => format!("({})", many.join(", ")),
    }
}

/// `key = values`.
pub(crate) fn equal<E: EntityTrait>(values: ValueTuple) -> Condition {
    columns::<E>()
        .into_iter()
        .zip(values)
        .fold(Condition::all(), |all, (column, value)| {
            all.add(column.eq(value))
        })
}
