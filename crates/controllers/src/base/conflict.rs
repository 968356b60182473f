//! On which key two rows are the same.

use super::one::next;
use crate::{
    Controller, Draft, Error, Result, Row, dialect, key,
    text::{self, Shape, Verb, mask},
};
use entity::Managed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DbBackend, EntityTrait, IdenStatic, ModelTrait,
    Value,
    sea_query::{Expr, OnConflict},
};

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

    pub(super) fn target(&self) -> &[E::Column] {
        &self.target
    }

    /// The predicate of the index as a condition; none holds for every row.
    pub(super) fn predicate(&self, backend: DbBackend) -> Condition {
        let predicate = self.predicate.clone();
        Condition::all().add_option(predicate.map(|expr| dialect::literal(expr, backend)))
    }

    /// What a draft has in the columns of the target. NULLs are never the same.
    pub(super) fn values(&self, draft: &Draft<E>) -> Result<Vec<Value>> {
        let value = |column: &E::Column| {
            let value = draft.get(*column).into_value();
            value
                .filter(|value| *value != value.as_null())
                .ok_or_else(|| Error::Unset {
                    entity: key::table::<E>(),
                    column: column.as_str(),
                })
        };
        self.target.iter().map(value).collect()
    }

    /// What a row has in the columns of the target.
    pub(super) fn values_of(&self, row: &Row<E>) -> Vec<Value> {
        self.target.iter().map(|column| row.get(*column)).collect()
    }

    /// The row that a draft collides with.
    pub(super) fn row(&self, draft: &Draft<E>) -> Result<Condition> {
        let equal = self.target.iter().zip(self.values(draft)?);
        let condition = Condition::all().add_option(self.predicate.clone());
        Ok(equal.fold(condition, |all, (column, value)| all.add(column.eq(value))))
    }

    /// What decides the text of an upsert of drafts that set `columns`.
    pub(super) fn shape(&self, verb: Verb, columns: text::Mask, backend: DbBackend) -> Shape {
        let among = |columns: &[E::Column]| {
            mask::<E>(|column| columns.iter().any(|other| key::same(column, Some(*other))))
        };
        let predicate = self.predicate.clone();
        Shape {
            verb,
            columns: [columns, among(&self.target), among(&self.update)],
            predicate: predicate.map(|expr| dialect::literal_text(expr, backend)),
        }
    }

    /// What [`Conflict::do_update`] binds.
    pub(super) fn confines<T>(&self, controller: &T) -> Option<Value>
    where
        T: Controller<Entity = E> + ?Sized,
    {
        self.confined(controller).map(|(_, guild)| guild.into())
    }

    /// The guild that the row has to belong to, when the target does not say so.
    fn confined<T>(&self, controller: &T) -> Option<(E::Column, i64)>
    where
        T: Controller<Entity = E> + ?Sized,
    {
        let in_target = |column| {
            self.target
                .iter()
                .any(|part| key::same(*part, Some(column)))
        };
        let tenant = E::TENANT.zip(controller.tenant());
        tenant.filter(|(column, _)| !in_target(*column))
    }

    pub(super) fn do_update<T>(&self, controller: &T, backend: DbBackend) -> OnConflict
    where
        T: Controller<Entity = E> + ?Sized,
    {
        let mut clause = self.clause(backend);
        // The new values carry the stamped time: now() here would be refused on a distributed table.
        clause.update_columns(self.update.iter().copied().chain(E::UPDATED_AT));
        if let Some(column) = E::VERSION {
            clause.value(column, next(column));
        }
        // No write when nothing differs; times take no part in that.
        let differs = self.update.iter().fold(Condition::any(), |any, column| {
            any.add(dialect::differs_from_excluded(
                key::table::<E>(),
                column.as_str(),
                backend,
            ))
        });
        let confined = self.confined(controller);
        let confined = confined.map(|(column, guild)| column.eq(guild));
        clause.action_cond_where(Condition::all().add(differs).add_option(confined));
        clause
    }

    pub(super) fn do_nothing(&self, backend: DbBackend) -> OnConflict {
        self.clause(backend).do_nothing().to_owned()
    }

    /// The part that names the index.
    fn clause(&self, backend: DbBackend) -> OnConflict {
        let mut clause = OnConflict::columns(self.target.iter().copied());
        let predicate = self.predicate.clone();
        clause.target_and_where_option(predicate.map(|expr| dialect::literal(expr, backend)));
        clause
    }
}
