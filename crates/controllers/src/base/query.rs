//! Many rows by a filter, always bounded.

use super::{lookup::lookup, relation::Relation};
use crate::{Controller, Error, Everything, Filter, Id, Keyset, Result, Row, key};
use entity::Managed;
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, ModelTrait, PartialModelTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Related, Select, Value,
    sea_query::{Expr, IntoValueTuple},
};
use std::collections::HashMap;

/// Reads by filter. One round trip each, unless said otherwise; rows come in key order.
pub trait Query: Controller {
    /// All matching rows, at most [`Managed::CAP`].
    ///
    /// Larger amounts go by [`window`](crate::Paginate::window) or [`batches`](crate::Paginate::batches).
    ///
    /// # Errors
    /// [`Error::TooMany`] when one more matches: never a silent cut.
    fn list(
        &self,
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<Vec<Row<Self::Entity>>>> + Send {
        let query = capped(self.select().filter(filter.condition()));
        async move { within_cap::<Self::Entity, _>(query.all(self.conn()).await?) }
    }

    /// Like [`Query::list`], in another order. The first few of an order are a
    /// [`window`](crate::Paginate::window).
    ///
    /// # Errors
    /// Those of [`Query::list`].
    fn list_by(
        &self,
        filter: impl Filter<Self::Entity>,
        by: Keyset<Self::Entity>,
    ) -> impl Future<Output = Result<Vec<Row<Self::Entity>>>> + Send {
        let by = by.closed(self.tenant().is_some());
        let query = by.order(self.select().filter(filter.condition()), false);
        let query = query.limit(Self::Entity::CAP + 1);
        async move { within_cap::<Self::Entity, _>(query.all(self.conn()).await?) }
    }

    /// For each key its row, if there is one, in the order of the keys. One round trip for each 1,000 keys.
    fn find_many(
        &self,
        ids: impl IntoIterator<Item = Id<Self::Entity>>,
    ) -> impl Future<Output = Result<Vec<Option<Row<Self::Entity>>>>> + Send {
        let keys: Vec<_> = ids
            .into_iter()
            .map(IntoValueTuple::into_value_tuple)
            .collect();
        async move {
            let tuples: Vec<Vec<Value>> = keys
                .iter()
                .map(|key| key.clone().into_iter().collect())
                .collect();
            let columns = key::columns::<Self::Entity>();
            let found = lookup(self.conn(), self.select(), &columns, tuples, None).await?;
            let found: HashMap<_, _> = found
                .into_iter()
                .map(|row| (row.get_primary_key_value(), row))
                .collect();
            Ok(keys.iter().map(|key| found.get(key).cloned()).collect())
        }
    }

    /// For each of `rows` the rows of this table that belong to it, in key order (has-many): the events
    /// of each case. At most [`Managed::CAP`] altogether.
    ///
    /// One round trip for each 1,000 different references, never one for each row. Guild and scope of
    /// this controller hold: a soft-deleted row is not among them.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    fn list_for<P: EntityTrait<Model: Sync> + Related<Self::Entity>>(
        &self,
        rows: &[P::Model],
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<Vec<Vec<Row<Self::Entity>>>>> + Send {
        async move {
            let relation = Relation::<P, Self::Entity>::get();
            let cap = Some(Self::Entity::CAP);
            relation.load(self, rows, filter, cap).await
        }
    }

    /// For each of `rows` the row of this table that it belongs to (belongs-to): the case of each event.
    /// `None` where the reference is NULL, or its row not visible to this controller.
    ///
    /// Round trips as with [`Query::list_for`].
    fn find_for<P: EntityTrait<Model: Sync> + Related<Self::Entity>>(
        &self,
        rows: &[P::Model],
    ) -> impl Future<Output = Result<Vec<Option<Row<Self::Entity>>>>> + Send {
        async move {
            let relation = Relation::<P, Self::Entity>::get();
            let related = relation.load(self, rows, Everything, None).await?;
            Ok(related
                .into_iter()
                .map(|rows| rows.into_iter().next())
                .collect())
        }
    }

    /// The first matching row.
    fn one(
        &self,
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<Option<Row<Self::Entity>>>> + Send {
        let query = ordered(self.select().filter(filter.condition())).limit(1);
        async move { Ok(query.one(self.conn()).await?) }
    }

    /// The only matching row.
    ///
    /// # Errors
    /// [`Error::TooMany`] when there are two.
    fn unique(
        &self,
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<Option<Row<Self::Entity>>>> + Send {
        let query = self.select().filter(filter.condition()).limit(2);
        async move {
            let mut rows = query.all(self.conn()).await?;
            if rows.len() > 1 {
                return Err(Error::TooMany {
                    entity: key::table::<Self::Entity>(),
                    limit: 1,
                });
            }
            Ok(rows.pop())
        }
    }

    /// How many rows match.
    fn count(&self, filter: impl Filter<Self::Entity>) -> impl Future<Output = Result<u64>> + Send {
        let query = self
            .select()
            .filter(filter.condition())
            .select_only()
            .expr_as(Expr::cust("count(*)"), "n")
            .into_query();
        async move {
            let row = self.conn().query_one(&query).await?;
            let row = row.ok_or_else(|| Error::Db(DbErr::RecordNotFound("count(*)".to_owned())))?;
            Ok(row.try_get::<i64>("", "n")?.unsigned_abs())
        }
    }

    /// Whether any row matches. No row is loaded, and the work does not grow with the matches.
    fn exists(
        &self,
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<bool>> + Send {
        let query = self
            .select()
            .filter(filter.condition())
            .select_only()
            .expr_as(Expr::cust("1"), "one")
            .limit(1)
            .into_query();
        async move { Ok(self.conn().query_one(&query).await?.is_some()) }
    }

    /// The matching rows as a projection: a struct that names the columns it holds, under the same cap as
    /// [`Query::list`]. It may serialize, which rows do not: that is how data leaves the process.
    ///
    /// # Errors
    /// Those of [`Query::list`].
    fn list_as<P: FromQueryResult + PartialModelTrait + Send>(
        &self,
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<Vec<P>>> + Send {
        let query = capped(self.select().filter(filter.condition())).into_partial_model::<P>();
        async move { within_cap::<Self::Entity, _>(query.all(self.conn()).await?) }
    }
}

impl<T: Controller> Query for T {}

fn ordered<E: EntityTrait>(query: Select<E>) -> Select<E> {
    key::columns::<E>()
        .into_iter()
        .fold(query, QueryOrder::order_by_asc)
}

fn capped<E: Managed>(query: Select<E>) -> Select<E> {
    ordered(query).limit(E::CAP + 1)
}

fn within_cap<E: Managed, R>(rows: Vec<R>) -> Result<Vec<R>> {
    if rows.len() as u64 > E::CAP {
        return Err(Error::TooMany {
            entity: key::table::<E>(),
            limit: E::CAP,
        });
    }
    Ok(rows)
}
