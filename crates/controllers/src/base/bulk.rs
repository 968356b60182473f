//! Many rows in few statements.

use super::{
    batch::{self, Alone},
    import,
    in_order::InOrder,
    many, one,
};
use crate::{Controller, Draft, Filter, Result, Row, filter::narrowed, key};
use entity::Managed;
use futures_util::Stream;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    sea_query::Expr,
};

/// Writes of many rows: of given ones (`_many`), or of all that match a filter (`_where`).
///
/// Each of them is all or nothing. [`Controller::reporting`] shows the progress of long runs.
pub trait Bulk: Controller {
    /// Stores new rows and returns them as they are stored, in the order of the drafts.
    ///
    /// A column that a draft leaves unset gets its default in the database, whatever the other drafts set.
    /// One round trip for each 1,000 rows that set the same columns (on `SQLite` the rest of them goes in
    /// powers of two); two more for a transaction when that makes several.
    ///
    /// # Errors
    /// [`crate::Error::Unset`] for a draft without its key; [`crate::Error::Tenant`]; [`crate::Error::Constraint`] when a key
    /// or another unique value is taken, be it by another draft.
    fn insert_many(
        &self,
        drafts: impl IntoIterator<Item = Draft<Self::Entity>>,
    ) -> impl Future<Output = Result<Vec<Row<Self::Entity>>>> + Send {
        let drafts: Result<Vec<_>> = drafts
            .into_iter()
            .map(|draft| self.stamp_new(draft))
            .collect();
        async move {
            let drafts = drafts?;
            let keys = many::keys::<Self::Entity>(&drafts)?;
            let mut stored = InOrder::of(keys);
            let backend = self.conn().get_database_backend();
            let batches = batch::cut::<Self::Entity>(drafts, many::is_set::<Self::Entity>, backend);
            let statement = |columns: Vec<_>, table| {
                backend.build(&many::insert::<Self::Entity>(
                    &columns, table, None, backend,
                ))
            };
            batch::atomically(self, batches, Alone::Suffices, statement, |places, rows| {
                for (row, place) in rows.iter().zip(places) {
                    stored.put(*place, Row::<Self::Entity>::from_query_result(row, "")?);
                }
                Ok(())
            })
            .await?;
            Ok(stored.into_rows())
        }
    }

    /// Stores new rows as they come, for loads of any size; how many there were. All or nothing.
    ///
    /// 10,000 drafts are in memory at a time. On `PostgreSQL` they go by COPY, several times as fast as
    /// [`insert_many`](Self::insert_many): two round trips for each 10,000 that set the same columns, two more for the
    /// transaction. It stays open, and its connection taken, for as long as the stream lasts.
    ///
    /// # Errors
    /// Those of [`insert_many`](Self::insert_many).
    fn import(
        &self,
        drafts: impl Stream<Item = Draft<Self::Entity>> + Send,
    ) -> impl Future<Output = Result<u64>> + Send {
        import::import(self, drafts)
    }

    /// Stores the changed columns of rows that were read before, each its own values; how many rows
    /// were written. Drafts without a change are passed over.
    ///
    /// With a version column each row must still be the one that was read, as with
    /// [`update`](crate::Crud::update); if one is not, none is written. One round trip for each 1,000 rows that
    /// change the same columns, two for the transaction.
    ///
    /// # Errors
    /// [`crate::Error::Stale`] when a row changed since it was read, or is named twice; [`crate::Error::NotFound`]
    /// (telling them apart takes one more round trip); [`crate::Error::Unset`] for a draft without its key or
    /// version; [`crate::Error::Tenant`]; [`crate::Error::Constraint`].
    fn update_many(
        &self,
        drafts: impl IntoIterator<Item = Draft<Self::Entity>>,
    ) -> impl Future<Output = Result<u64>> + Send {
        let drafts: Result<Vec<_>> = drafts
            .into_iter()
            .filter(one::has_changes::<Self::Entity>)
            .map(|draft| self.stamp_changed(draft))
            .collect();
        async move {
            let drafts = drafts?;
            let keys = many::distinct_keys::<Self::Entity>(&drafts)?;
            for draft in &drafts {
                key::version::<Self::Entity>(draft)?;
            }
            let backend = self.conn().get_database_backend();
            let batches =
                batch::cut::<Self::Entity>(drafts, many::is_written::<Self::Entity>, backend);
            let statement =
                |columns: Vec<_>, table| backend.build(&many::update_from(self, &columns, table));
            let mut missing = None;
            let written = batch::atomically(
                self,
                batches,
                Alone::MayBeUndone,
                statement,
                |places, rows| {
                    missing = many::first_missing::<Self::Entity>(&keys, places, &rows)?;
                    // Undoes everything; which error it becomes is found out below.
                    missing.map_or(Ok(()), |place| {
                        Err(key::stale::<Self::Entity>(&keys[place]))
                    })
                },
            )
            .await;
            match (written, missing) {
                (Err(stale), Some(place)) => {
                    let key = &keys[place];
                    let row = self
                        .select()
                        .filter(key::equal::<Self::Entity>(key.clone()));
                    let there = row.one(self.conn()).await?.is_some();
                    Err(if there {
                        stale
                    } else {
                        key::not_found::<Self::Entity>(key)
                    })
                }
                (written, _) => written.map(|()| keys.len() as u64),
            }
        }
    }

    /// Writes the set columns of `values` into every matching row; how many there were. One round trip,
    /// none when nothing is set.
    ///
    /// # Errors
    /// [`crate::Error::Unfiltered`]; [`crate::Error::Tenant`]; [`crate::Error::Constraint`].
    fn update_where(
        &self,
        filter: impl Filter<Self::Entity>,
        values: Draft<Self::Entity>,
    ) -> impl Future<Output = Result<u64>> + Send {
        let ready = narrowed::<Self::Entity>(filter).and_then(|condition| {
            let changes = one::has_changes::<Self::Entity>(&values);
            Ok((condition, changes, self.stamp_changed(values)?))
        });
        async move {
            let (condition, changes, values) = ready?;
            if !changes {
                return Ok(0);
            }
            let mut query = Self::Entity::update_many()
                .set(values)
                .filter(condition)
                .filter(self.confined());
            if let Some(column) = Self::Entity::VERSION {
                query = query.col_expr(column, one::next(column));
            }
            Ok(query.exec(self.conn()).await?.rows_affected)
        }
    }

    /// Deletes every matching row, softly where the entity declares it; how many there were. One round trip.
    ///
    /// # Errors
    /// [`crate::Error::Unfiltered`]; [`crate::Error::Constraint`] when a row is referred to.
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
            let now = self.clock().now();
            let query = one::changed(Self::Entity::update_many(), now)
                .col_expr(column, Expr::value(now))
                .filter(condition)
                .filter(column.is_null());
            Ok(query.exec(self.conn()).await?.rows_affected)
        }
    }
}

impl<T: Controller> Bulk for T {}
