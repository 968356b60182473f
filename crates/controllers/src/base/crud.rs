//! One row by its key.

use super::one;
use crate::{
    Controller, Draft, Id, Result, Row, dialect, key,
    text::{self, Shape, Verb},
};
use entity::Managed;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::IntoValueTuple,
};

/// Verbs on one row: one round trip each, in the controller's guild and scope.
///
/// All of them fail with [`crate::Error::Connection`], [`crate::Error::PoolTimeout`] and the like when the database cannot be
/// asked; what they say of their own is told below.
pub trait Crud: Controller {
    /// The row, if there is one.
    fn find(
        &self,
        id: Id<Self::Entity>,
    ) -> impl Future<Output = Result<Option<Row<Self::Entity>>>> + Send {
        let statement = one::find(self, Verb::Find, id, |query, _| query);
        async move { one::row::<Self::Entity>(self.conn(), statement).await }
    }

    /// The row, which must exist.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
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
        let statement = one::find(self, Verb::Lock, id, dialect::lock_exclusive);
        async move { one::row::<Self::Entity>(self.conn(), statement).await }
    }

    /// Stores a new row and returns it with everything that was filled in.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when the key or another unique value is taken; [`crate::Error::Tenant`] for a draft
    /// of another guild.
    fn create(
        &self,
        draft: Draft<Self::Entity>,
    ) -> impl Future<Output = Result<Row<Self::Entity>>> + Send {
        async move {
            let draft = self.stamp_new(draft)?;
            let draft = ActiveModelBehavior::before_save(draft, self.conn(), true).await?;
            let (columns, values) = one::inserted::<Self::Entity>(&draft);
            let shape = Shape::writing(Verb::Create, columns);
            let statement = text::statement(self, shape, values, || {
                let backend = self.conn().get_database_backend();
                one::insert::<Self::Entity>(draft, None, backend)
            });
            let row = one::row::<Self::Entity>(self.conn(), statement).await?;
            let row = row.ok_or(DbErr::RecordNotInserted)?;
            Ok(Draft::<Self::Entity>::after_save(row, self.conn(), true).await?)
        }
    }

    /// Stores the changed columns of a row that was read before, and returns it. A draft without
    /// changes writes nothing.
    ///
    /// # Errors
    /// With a version column the row must still be the one that was read: [`crate::Error::Stale`] tells a
    /// concurrent change from [`crate::Error::NotFound`] (one more round trip on that path only), and a draft
    /// that names no version is [`crate::Error::Unset`]. [`crate::Error::Constraint`], [`crate::Error::Tenant`].
    fn update(
        &self,
        draft: Draft<Self::Entity>,
    ) -> impl Future<Output = Result<Row<Self::Entity>>> + Send {
        async move {
            let key = key::value::<Self::Entity>(&draft)?;
            let read = self
                .select()
                .filter(key::equal::<Self::Entity>(key.clone()));
            let has_changes = one::has_changes::<Self::Entity>(&draft);
            let mut draft = self.stamp_changed(draft)?;
            if !has_changes {
                let row = read.one(self.conn()).await?;
                return row.ok_or_else(|| key::not_found::<Self::Entity>(&key));
            }
            let version = key::version::<Self::Entity>(&draft)?;
            if let Some((column, version)) = Self::Entity::VERSION.zip(version) {
                draft.set(column, (version + 1).into());
            }
            let draft = ActiveModelBehavior::before_save(draft, self.conn(), false).await?;
            let statement = one::update(self, &draft, version);
            if let Some(row) = one::row::<Self::Entity>(self.conn(), statement).await? {
                return Ok(Draft::<Self::Entity>::after_save(row, self.conn(), false).await?);
            }
            Err(match read.one(self.conn()).await? {
                Some(_) => key::stale::<Self::Entity>(&key),
                None => key::not_found::<Self::Entity>(&key),
            })
        }
    }

    /// `column = column + by` in one statement, so that no update is lost. Returns the new row.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`]; [`crate::Error::Constraint`] when the sum is out of the column's range.
    fn bump(
        &self,
        id: Id<Self::Entity>,
        column: <Self::Entity as EntityTrait>::Column,
        by: i64,
    ) -> impl Future<Output = Result<Row<Self::Entity>>> + Send {
        let key = id.clone().into_value_tuple();
        let statement = one::bump(self, id, column, by);
        async move {
            let row = one::row::<Self::Entity>(self.conn(), statement).await?;
            row.ok_or_else(|| key::not_found::<Self::Entity>(&key))
        }
    }

    /// Deletes, softly where the entity declares it. `false`: there was no such live row.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when other rows refer to it.
    fn delete(&self, id: Id<Self::Entity>) -> impl Future<Output = Result<bool>> + Send {
        let statement = match Self::Entity::DELETED_AT {
            Some(column) => one::mark(self, id, column, Some(self.clock().now())),
            None => one::purge(self, id),
        };
        async move { one::did(self.conn(), statement).await }
    }

    /// Undoes a soft deletion. `false`: there was no such deleted row.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when its unique name was taken meanwhile.
    fn restore(&self, id: Id<Self::Entity>) -> impl Future<Output = Result<bool>> + Send {
        let deleted = Self::Entity::DELETED_AT;
        let statement = deleted.map(|column| one::mark(self, id, column, None));
        async move {
            match statement {
                Some(statement) => one::did(self.conn(), statement).await,
                None => Ok(false),
            }
        }
    }

    /// Removes the row for good, whether or not it is soft-deleted. `false`: there was none.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when other rows refer to it.
    fn purge(&self, id: Id<Self::Entity>) -> impl Future<Output = Result<bool>> + Send {
        let statement = one::purge(self, id);
        async move { one::did(self.conn(), statement).await }
    }
}

impl<T: Controller> Crud for T {}
