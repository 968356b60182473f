//! Keys of any shape, single or composite, as conditions.

use crate::{Error, Result};
use entity::Managed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, Iterable, PrimaryKeyToColumn,
    PrimaryKeyTrait,
    sea_query::{IntoValueTuple, ValueTuple},
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

/// `key = id`.
pub(crate) fn is<E: EntityTrait>(id: Id<E>) -> Condition {
    equal::<E>(id.into_value_tuple())
}

/// `key = the draft's key`, and that key as text.
pub(crate) fn of<E: Managed>(draft: &Draft<E>) -> Result<(Condition, String)> {
    let values = draft.get_primary_key_value().ok_or(Error::Unset {
        entity: table::<E>(),
        column: "key",
    })?;
    let shown = shown(values.clone());
    Ok((equal::<E>(values), shown))
}

/// A key as people write it: `5`, `(5, 7)`.
pub(crate) fn shown(values: ValueTuple) -> String {
    let parts: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    match parts.as_slice() {
        [one] => one.clone(),
        many => format!("({})", many.join(", ")),
    }
}

fn equal<E: EntityTrait>(values: ValueTuple) -> Condition {
    columns::<E>()
        .into_iter()
        .zip(values)
        .fold(Condition::all(), |all, (column, value)| {
            all.add(column.eq(value))
        })
}
