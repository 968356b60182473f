//! The rows that other rows refer to, or are referred to by.

use super::lookup::lookup;
use crate::{Controller, Error, Filter, Result, Row, key};
use entity::Managed;
use sea_orm::{
    EntityTrait, IdenStatic, Identity, Iterable, ModelTrait, QueryFilter, QueryOrder, Related,
    Value,
};
use std::collections::{HashMap, HashSet};

/// The columns of a relation on either side, and what a row has in them.
pub(super) struct Relation<From: EntityTrait, To: EntityTrait> {
    from: Vec<From::Column>,
    to: Vec<To::Column>,
}

impl<From, To> Relation<From, To>
where
    From: EntityTrait<Model: Sync> + Related<To>,
    To: Managed,
{
    pub(super) fn get() -> Self {
        let relation = From::to();
        Self {
            from: columns::<From>(&relation.from_col),
            to: columns::<To>(&relation.to_col),
        }
    }

    /// For each of `rows` the rows it is related to, in key order; at most `cap` altogether.
    pub(super) async fn load<T: Controller<Entity = To> + ?Sized>(
        &self,
        controller: &T,
        rows: &[From::Model],
        filter: impl Filter<To>,
        cap: Option<u64>,
    ) -> Result<Vec<Vec<Row<To>>>> {
        let references: Vec<_> = rows.iter().map(|row| values(row, &self.from)).collect();
        let mut distinct = HashSet::new();
        let tuples = references
            .iter()
            .flatten()
            .filter(|tuple| distinct.insert(*tuple))
            .cloned()
            .collect();
        let select = key::columns::<To>().into_iter().fold(
            controller.select().filter(filter.condition()),
            QueryOrder::order_by_asc,
        );
        let limit = cap.map(|cap| usize::try_from(cap + 1).unwrap_or(usize::MAX));
        let found = lookup(controller.conn(), select, &self.to, tuples, limit).await?;
        if let Some(cap) = cap.filter(|cap| found.len() as u64 > *cap) {
            return Err(Error::TooMany {
                entity: key::table::<To>(),
                limit: cap,
            });
        }
        let mut by_reference: HashMap<Vec<Value>, Vec<Row<To>>> = HashMap::new();
        for row in found {
            if let Some(reference) = values(&row, &self.to) {
                by_reference.entry(reference).or_default().push(row);
            }
        }
        let related = references.into_iter().map(|reference| {
            let rows = reference.and_then(|reference| by_reference.get(&reference).cloned());
            rows.unwrap_or_default()
        });
        Ok(related.collect())
    }
}

/// What a row has in `columns`; `None` when one of them is NULL, which refers to nothing.
fn values<M: ModelTrait>(
    row: &M,
    columns: &[<M::Entity as EntityTrait>::Column],
) -> Option<Vec<Value>> {
    let value = |column: &_| Some(row.get(*column)).filter(|value| *value != value.as_null());
    columns.iter().map(value).collect()
}

fn columns<E: EntityTrait>(names: &Identity) -> Vec<E::Column> {
    let column = |name: String| E::Column::iter().find(|column| column.as_str() == name);
    names
        .iter()
        .filter_map(|name| column(name.to_string()))
        .collect()
}
