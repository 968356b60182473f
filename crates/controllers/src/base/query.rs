//! Many rows by a filter, always bounded.

use crate::{Controller, Error, Filter, Result, Row, key};
use entity::Managed;
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PartialModelTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, sea_query::Expr,
};

/// Reads by filter. One round trip each; rows come in key order.
pub trait Query: Controller {
    /// All matching rows, at most [`Managed::CAP`]: one more is [`Error::TooMany`], never a silent cut.
    fn list(
        &self,
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<Vec<Row<Self::Entity>>>> + Send {
        let query = capped(self.select().filter(filter.condition()));
        async move { within_cap::<Self::Entity, _>(query.all(self.conn()).await?) }
    }

    /// The first matching row.
    fn one(
        &self,
        filter: impl Filter<Self::Entity>,
    ) -> impl Future<Output = Result<Option<Row<Self::Entity>>>> + Send {
        let query = ordered(self.select().filter(filter.condition())).limit(1);
        async move { Ok(query.one(self.conn()).await?) }
    }

    /// The only matching row; [`Error::TooMany`] when there are two.
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

    /// The matching rows as a projection, under the same cap as [`Query::list`].
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
