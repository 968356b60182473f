//! One row by its key. One round trip each.

use crate::{Controller, Draft, Id, Result, Row, dialect, key};
use entity::Managed;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend,
    DbErr, EntityTrait, Iterable, QueryFilter,
    prelude::DateTimeUtc,
    sea_query::{Expr, ExprTrait, IntoValueTuple, Query, ReturningClause},
};

/// Verbs on one row. Everything runs inside the controller's guild and scope.
pub trait Crud: Controller {
    /// The row, if there is one.
    fn find(
        &self,
        id: Id<Self::Entity>,
    ) -> impl Future<Output = Result<Option<Row<Self::Entity>>>> + Send {
        let query = self.select().filter(key::is::<Self::Entity>(id));
        async move { Ok(query.one(self.conn()).await?) }
    }

    /// The row, which must exist: [`crate::Error::NotFound`].
    fn get(&self, id: Id<Self::Entity>) -> impl Future<Output = Result<Row<Self::Entity>>> + Send {
        async move {
            let key = id.clone().into_value_tuple();
            let row = self.find(id).await?;
            row.ok_or_else(|| key::not_found::<Self::Entity>(&key))
        }
    }

    /// The row, locked against other writers until the transaction ends (`FOR UPDATE`). On `SQLite`
    /// the transaction itself excludes other writers.
    fn lock(
        &self,
        id: Id<Self::Entity>,
    ) -> impl Future<Output = Result<Option<Row<Self::Entity>>>> + Send {
        let query = self.select().filter(key::is::<Self::Entity>(id));
        async move {
            let query = dialect::lock_exclusive(query, self.conn().get_database_backend());
            Ok(query.one(self.conn()).await?)
        }
    }

    /// Stores a new row and returns it with everything that was filled in.
    ///
    /// [`crate::Error::Constraint`] when the key or another unique value is taken.
    fn create(
        &self,
        draft: Draft<Self::Entity>,
    ) -> impl Future<Output = Result<Row<Self::Entity>>> + Send {
        async move { Ok(self.stamp_new(draft)?.insert(self.conn()).await?) }
    }

    /// Stores the changed columns of a row that was read before.
    ///
    /// With a version column the row must still be the one that was read: [`crate::Error::Stale`] tells a
    /// concurrent change from [`crate::Error::NotFound`] (one more round trip on that path only), and a draft
    /// that names no version is [`crate::Error::Unset`]. A draft without changes writes nothing and returns
    /// the row.
    fn update(
        &self,
        draft: Draft<Self::Entity>,
    ) -> impl Future<Output = Result<Row<Self::Entity>>> + Send {
        async move {
            let key = key::value::<Self::Entity>(&draft)?;
            let row = self
                .select()
                .filter(key::equal::<Self::Entity>(key.clone()));
            let changed = draft.is_changed();
            let mut draft = self.stamp_changed(draft)?;
            if !changed {
                let row = row.one(self.conn()).await?;
                return row.ok_or_else(|| key::not_found::<Self::Entity>(&key));
            }
            let mut guard = self.confined();
            let version = key::version::<Self::Entity>(&draft)?;
            if let Some((column, version)) = Self::Entity::VERSION.zip(version) {
                guard = guard.add(column.eq(version));
                draft.set(column, (version + 1).into());
            }
            let draft = ActiveModelBehavior::before_save(draft, self.conn(), false).await?;
            let written = <Self::Entity as EntityTrait>::update(draft)
                .validate()?
                .filter(guard)
                .exec(self.conn())
                .await;
            match written {
                Err(DbErr::RecordNotUpdated) => {
                    let there = row.one(self.conn()).await?.is_some();
                    Err(if there {
                        key::stale::<Self::Entity>(&key)
                    } else {
                        key::not_found::<Self::Entity>(&key)
                    })
                }
                written => Ok(written?),
            }
        }
    }

    /// `column = column + by` in one statement, so that no update is lost. Returns the new row.
    fn bump(
        &self,
        id: Id<Self::Entity>,
        column: <Self::Entity as EntityTrait>::Column,
        by: i64,
    ) -> impl Future<Output = Result<Row<Self::Entity>>> + Send {
        let key = id.clone().into_value_tuple();
        let query = changed(self, Self::Entity::update_many())
            .col_expr(column, column.into_expr().add(by))
            .filter(key::is::<Self::Entity>(id))
            .filter(self.confined());
        async move {
            let row = query.exec_with_returning(self.conn()).await?.pop();
            row.ok_or_else(|| key::not_found::<Self::Entity>(&key))
        }
    }

    /// Deletes, softly where the entity declares it. `false`: there was no such live row.
    fn delete(&self, id: Id<Self::Entity>) -> impl Future<Output = Result<bool>> + Send {
        async move {
            match Self::Entity::DELETED_AT {
                Some(column) => {
                    mark(
                        self,
                        key::is::<Self::Entity>(id),
                        column,
                        Some(self.clock().now()),
                    )
                    .await
                }
                None => self.purge(id).await,
            }
        }
    }

    /// Undoes a soft deletion. `false`: there was no such deleted row.
    ///
    /// [`crate::Error::Constraint`] when its unique name was taken meanwhile.
    fn restore(&self, id: Id<Self::Entity>) -> impl Future<Output = Result<bool>> + Send {
        async move {
            match Self::Entity::DELETED_AT {
                Some(column) => mark(self, key::is::<Self::Entity>(id), column, None).await,
                None => Ok(false),
            }
        }
    }

    /// Removes the row for good, whether or not it is soft-deleted.
    fn purge(&self, id: Id<Self::Entity>) -> impl Future<Output = Result<bool>> + Send {
        let query = Self::Entity::delete_many()
            .filter(key::is::<Self::Entity>(id))
            .filter(Condition::all().add_option(self.tenant_is()));
        async move { Ok(query.exec(self.conn()).await?.rows_affected > 0) }
    }
}

impl<T: Controller> Crud for T {}

/// RETURNING of all columns, as the model reads them.
pub(super) fn returning<E: EntityTrait>(backend: DbBackend) -> ReturningClause {
    let columns = E::Column::iter().map(|c| c.select_as(c.into_returning_expr(backend)));
    Query::returning().exprs(columns)
}

/// The columns that every change moves.
pub(super) fn changed<T: Controller + ?Sized>(
    controller: &T,
    mut query: sea_orm::UpdateMany<T::Entity>,
) -> sea_orm::UpdateMany<T::Entity> {
    if let Some(column) = T::Entity::UPDATED_AT {
        query = query.col_expr(column, Expr::value(controller.clock().now()));
    }
    if let Some(column) = T::Entity::VERSION {
        query = query.col_expr(column, column.into_expr().add(1));
    }
    query
}

async fn mark<T: Controller + ?Sized>(
    controller: &T,
    is_row: Condition,
    column: <T::Entity as EntityTrait>::Column,
    at: Option<DateTimeUtc>,
) -> Result<bool> {
    let before = if at.is_some() {
        column.is_null()
    } else {
        column.is_not_null()
    };
    let query = changed(controller, T::Entity::update_many())
        .col_expr(column, Expr::value(at))
        .filter(is_row)
        .filter(before)
        .filter(Condition::all().add_option(controller.tenant_is()));
    Ok(query.exec(controller.conn()).await?.rows_affected > 0)
}
