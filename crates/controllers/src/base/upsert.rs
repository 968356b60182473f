//! Create or update by a unique key, in one statement.

use super::crud::returning;
use crate::{Controller, Draft, Error, Result, Row, dialect, key};
use entity::Managed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait,
    FromQueryResult, IdenStatic, ModelTrait, QueryFilter, QueryTrait, Value,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// What an upsert did.
#[derive(Debug, Clone, PartialEq)]
pub enum Upserted<M> {
    /// The row is new.
    Created(M),
    /// The row existed and changed.
    Updated(M),
    /// The row existed and no column differed; nothing was written.
    Unchanged(M),
}

impl<M> Upserted<M> {
    /// The row as it is stored now.
    pub fn into_row(self) -> M {
        match self {
            Self::Created(row) | Self::Updated(row) | Self::Unchanged(row) => row,
        }
    }
}

/// On which key two rows are the same, and what then changes.
#[derive(Debug, Clone)]
pub struct Conflict<E: EntityTrait> {
    target: Vec<E::Column>,
    predicate: Option<Expr>,
    update: Vec<E::Column>,
}

impl<E: Managed> Conflict<E> {
    /// Rows are the same when they agree on `target`: the columns of the key or of a unique index,
    /// beginning with the guild on a guild-owned table.
    pub fn on(target: impl IntoIterator<Item = E::Column>) -> Self {
        Self {
            target: target.into_iter().collect(),
            predicate: None,
            update: Vec::new(),
        }
    }

    /// Rows are the same when they have the same key.
    pub fn on_key() -> Self {
        Self::on(key::columns::<E>())
    }

    /// The predicate of the unique index, when that is partial.
    #[must_use]
    pub fn only_where(self, predicate: Expr) -> Self {
        Self {
            predicate: Some(predicate),
            ..self
        }
    }

    /// The columns that take the new values. Times and version follow by themselves; `created_at` never moves.
    #[must_use]
    pub fn updating(self, columns: impl IntoIterator<Item = E::Column>) -> Self {
        Self {
            update: columns.into_iter().collect(),
            ..self
        }
    }

    /// The row that a draft collides with.
    fn row(&self, draft: &Draft<E>) -> Result<Condition> {
        let mut condition = Condition::all().add_option(self.predicate.clone());
        for column in &self.target {
            let value = draft
                .get(*column)
                .into_value()
                .ok_or_else(|| Error::Unset {
                    entity: key::table::<E>(),
                    column: column.as_str(),
                })?;
            condition = condition.add(column.eq(value));
        }
        Ok(condition)
    }

    /// `confined`: the guild that the row has to belong to, when the target does not say so.
    fn do_update(&self, confined: Option<Expr>, backend: DbBackend) -> OnConflict {
        let mut clause = OnConflict::columns(self.target.iter().copied());
        clause.target_and_where_option(self.predicate.clone());
        // The new values carry the stamped time: now() here would be refused on a distributed table.
        clause.update_columns(self.update.iter().copied().chain(E::UPDATED_AT));
        if let Some(column) = E::VERSION {
            clause.value(column, Expr::col((E::default(), column)).add(1));
        }
        // No write when nothing differs; times take no part in that.
        let differs = self.update.iter().fold(Condition::any(), |any, column| {
            any.add(dialect::differs_from_excluded(
                key::table::<E>(),
                column.as_str(),
                backend,
            ))
        });
        clause.action_cond_where(Condition::all().add(differs).add_option(confined));
        clause
    }

    fn do_nothing(&self) -> OnConflict {
        let mut clause = OnConflict::columns(self.target.iter().copied());
        clause
            .target_and_where_option(self.predicate.clone())
            .do_nothing();
        clause
    }
}

/// Create or update. Native `ON CONFLICT`, so concurrent callers never collide.
pub trait Upsert: Controller {
    /// One round trip; two when the row is unchanged. The entity needs a version column: a row that
    /// comes back at version 1 is new.
    ///
    /// [`Error::Unset`] when the draft lacks a column of the conflict target; [`Error::Tenant`] when the
    /// row it meets belongs to another guild.
    fn upsert(
        &self,
        draft: Draft<Self::Entity>,
        on: Conflict<Self::Entity>,
    ) -> impl Future<Output = Result<Upserted<Row<Self::Entity>>>> + Send {
        async move {
            let version = Self::Entity::VERSION.ok_or_else(|| Error::Unset {
                entity: key::table::<Self::Entity>(),
                column: "version",
            })?;
            let draft = self.stamp_new(draft)?;
            let same = on.row(&draft)?;
            let confined = Self::Entity::TENANT
                .zip(self.tenant())
                .filter(|(column, _)| !on.target.iter().any(|c| c.as_str() == column.as_str()))
                .map(|(column, guild)| Expr::col((Self::Entity::default(), column)).eq(guild));
            let clause = on.do_update(confined, self.conn().get_database_backend());
            if let Some(row) = inserted(self, draft, clause).await? {
                let new = row.get(version) == Value::from(1i64);
                return Ok(if new {
                    Upserted::Created(row)
                } else {
                    Upserted::Updated(row)
                });
            }
            Ok(Upserted::Unchanged(existing(self, same).await?))
        }
    }

    /// The existing row untouched, or a new one; the flag tells that this call created it.
    fn get_or_create(
        &self,
        draft: Draft<Self::Entity>,
        on: Conflict<Self::Entity>,
    ) -> impl Future<Output = Result<(Row<Self::Entity>, bool)>> + Send {
        async move {
            let draft = self.stamp_new(draft)?;
            let same = on.row(&draft)?;
            match inserted(self, draft, on.do_nothing()).await? {
                Some(row) => Ok((row, true)),
                None => Ok((existing(self, same).await?, false)),
            }
        }
    }
}

impl<T: Controller> Upsert for T {}

async fn inserted<T: Controller + ?Sized>(
    controller: &T,
    draft: Draft<T::Entity>,
    clause: OnConflict,
) -> Result<Option<Row<T::Entity>>> {
    let conn = controller.conn();
    let mut query = T::Entity::insert(draft).on_conflict(clause).into_query();
    // sea-orm's own `exec_with_returning` reports a row that ON CONFLICT skipped as an error.
    query.returning(returning::<T::Entity>(conn.get_database_backend()));
    let row = conn.query_one(&query).await?;
    Ok(row
        .map(|row| Row::<T::Entity>::from_query_result(&row, ""))
        .transpose()?)
}

/// The row that was in the way. It may be gone again: then the caller's retry starts over.
async fn existing<T: Controller + ?Sized>(
    controller: &T,
    same: Condition,
) -> Result<Row<T::Entity>> {
    let row = T::Entity::find()
        .filter(same)
        .one(controller.conn())
        .await?;
    let row = row.ok_or(Error::Retryable(DbErr::RecordNotInserted))?;
    match T::Entity::TENANT.zip(controller.tenant()) {
        Some((column, guild)) if row.get(column) != Value::from(guild) => Err(controller.foreign()),
        _ => Ok(row),
    }
}
