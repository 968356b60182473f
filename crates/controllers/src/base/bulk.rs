//! Many rows in one statement.

use super::crud::changed;
use crate::{Controller, Draft, Filter, Result, filter::narrowed};
use entity::Managed;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

/// Writes by filter. One round trip each; an empty filter is refused with [`crate::Error::Unfiltered`].
pub trait Bulk: Controller {
    /// Writes the set columns of `values` into every matching row; how many there were.
    fn update_where(
        &self,
        filter: impl Filter<Self::Entity>,
        values: Draft<Self::Entity>,
    ) -> impl Future<Output = Result<u64>> + Send {
        let ready = narrowed::<Self::Entity>(filter)
            .and_then(|condition| Ok((condition, self.stamp_changed(values)?)));
        async move {
            let (condition, values) = ready?;
            let mut query = Self::Entity::update_many()
                .set(values)
                .filter(condition)
                .filter(self.confined());
            if let Some(column) = Self::Entity::VERSION {
                query = query.col_expr(column, column.into_expr().add(1));
            }
            Ok(query.exec(self.conn()).await?.rows_affected)
        }
    }

    /// Deletes every matching row, softly where the entity declares it; how many there were.
    fn delete_where(
        &self,
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<u64>> + Send {
        let condition = narrowed::<Self::Entity>(filter);
        async move {
            let condition = Condition::all().add(condition?).add(self.confined());
            let Some(column) = Self::Entity::DELETED_AT else {
                let query = Self::Entity::delete_many().filter(condition);
                return Ok(query.exec(self.conn()).await?.rows_affected);
            };
            let query = changed(self, Self::Entity::update_many())
                .col_expr(column, Expr::value(self.clock().now()))
                .filter(condition)
                .filter(column.is_null());
            Ok(query.exec(self.conn()).await?.rows_affected)
        }
    }
}

impl<T: Controller> Bulk for T {}
