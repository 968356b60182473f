//! Create or update by a unique key, in one statement.

use super::{
    batch::{self, Alone},
    conflict::Conflict,
    lookup::lookup,
    many, one,
};
use crate::{
    Controller, Draft, Error, Result, Row, key,
    text::{self, Verb},
};
use entity::Managed;
use sea_orm::{
    Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, ModelTrait, QueryFilter, Value,
};
use std::collections::HashMap;

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
            let version = version_of::<Self::Entity>()?;
            let draft = self.stamp_new(draft)?;
            let same = on.row(&draft)?;
            if let Some(row) = inserted(self, Verb::Upsert, draft, &on).await? {
                return Ok(written(row, version));
            }
            Ok(Upserted::Unchanged(existing(self, same).await?))
        }
    }

    /// Many upserts, all or nothing; what became of the row of each draft, in the order of the drafts.
    /// Of several drafts of one row the last one counts, and its outcome stands for all of them.
    ///
    /// One round trip for each 1,000 rows that set the same columns, two for a transaction when that
    /// makes several, and one more for each 1,000 rows that were unchanged.
    ///
    /// # Errors
    /// Those of [`Upsert::upsert`]; [`Error::Retryable`] when an unchanged row was deleted meanwhile.
    fn upsert_many(
        &self,
        drafts: impl IntoIterator<Item = Draft<Self::Entity>>,
        on: Conflict<Self::Entity>,
    ) -> impl Future<Output = Result<Vec<Upserted<Row<Self::Entity>>>>> + Send {
        let drafts: Result<Vec<_>> = drafts
            .into_iter()
            .map(|draft| self.stamp_new(draft))
            .collect();
        async move {
            let version = version_of::<Self::Entity>()?;
            let (mut targets, mut last) = (Vec::new(), HashMap::new());
            for draft in drafts? {
                let target = on.values(&draft)?;
                targets.push(target.clone());
                // One statement must not meet a row twice: PostgreSQL refuses it, SQLite does both.
                last.insert(target, draft);
            }
            let backend = self.conn().get_database_backend();
            let mut outcomes = HashMap::with_capacity(last.len());
            let batches = batch::cut::<Self::Entity>(
                in_order(&targets, last),
                many::is_set::<Self::Entity>,
                backend,
            );
            let statement = |columns: Vec<_>, table| {
                let clause = on.do_update(self, backend);
                backend.build(&many::insert::<Self::Entity>(
                    &columns,
                    table,
                    Some(clause),
                    backend,
                ))
            };
            batch::atomically(self, batches, Alone::Suffices, statement, |_, rows| {
                for row in rows {
                    let row = Row::<Self::Entity>::from_query_result(&row, "")?;
                    outcomes.insert(on.values_of(&row), written(row, version));
                }
                Ok(())
            })
            .await?;
            let untouched: Vec<_> = targets
                .iter()
                .filter(|target| !outcomes.contains_key(*target))
                .cloned()
                .collect();
            let select = Self::Entity::find().filter(on.predicate(backend));
            for row in lookup(self.conn(), select, on.target(), untouched, None).await? {
                let row = own(self, row)?;
                outcomes.insert(on.values_of(&row), Upserted::Unchanged(row));
            }
            let outcome = |target| outcomes.get(target).cloned();
            let outcomes: Option<Vec<_>> = targets.iter().map(outcome).collect();
            outcomes.ok_or(Error::Retryable(DbErr::RecordNotInserted))
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
            match inserted(self, Verb::GetOrCreate, draft, &on).await? {
                Some(row) => Ok((row, true)),
                None => Ok((existing(self, same).await?, false)),
            }
        }
    }
}

impl<T: Controller> Upsert for T {}

async fn inserted<T: Controller + ?Sized>(
    controller: &T,
    verb: Verb,
    draft: Draft<T::Entity>,
    on: &Conflict<T::Entity>,
) -> Result<Option<Row<T::Entity>>> {
    let backend = controller.conn().get_database_backend();
    let (columns, mut values) = one::inserted::<T::Entity>(&draft);
    let updates = verb == Verb::Upsert;
    if updates {
        values.extend(on.confines(controller));
    }
    let shape = on.shape(verb, columns, backend);
    let statement = text::statement(controller, shape, values, || {
        let clause = if updates {
            on.do_update(controller, backend)
        } else {
            on.do_nothing(backend)
        };
        one::insert::<T::Entity>(draft, Some(clause), backend)
    });
    one::row::<T::Entity>(controller.conn(), statement).await
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
    own(
        controller,
        row.ok_or(Error::Retryable(DbErr::RecordNotInserted))?,
    )
}

/// A row that was in the way, which may be another guild's.
fn own<T: Controller + ?Sized>(controller: &T, row: Row<T::Entity>) -> Result<Row<T::Entity>> {
    match T::Entity::TENANT.zip(controller.tenant()) {
        Some((column, guild)) if row.get(column) != Value::from(guild) => Err(controller.foreign()),
        _ => Ok(row),
    }
}

fn version_of<E: Managed>() -> Result<E::Column> {
    E::VERSION.ok_or_else(|| Error::Unset {
        entity: key::table::<E>(),
        column: "version",
    })
}

/// What an upsert did to a row that came back: one at version 1 is new.
fn written<M: ModelTrait>(row: M, version: <M::Entity as EntityTrait>::Column) -> Upserted<M> {
    if row.get(version) == Value::from(1i64) {
        Upserted::Created(row)
    } else {
        Upserted::Updated(row)
    }
}

/// The drafts of the targets, each once, in the order of the targets.
fn in_order<D>(targets: &[Vec<Value>], mut drafts: HashMap<Vec<Value>, D>) -> Vec<D> {
    let drafts = targets.iter().filter_map(|target| drafts.remove(target));
    drafts.collect()
}
