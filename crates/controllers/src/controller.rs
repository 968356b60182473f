//! The seam: a controller is an entity, an executor and a scope. Nothing else.

use crate::{Clock, Draft, Error, Executor, Progress, Reporting, Result, key};
use entity::{Managed, Refused, Stamp};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select, sea_query::SimpleExpr};
use std::marker::PhantomData;

/// Which rows of a soft-deleting entity are visible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Rows that are not deleted.
    #[default]
    Live,
    /// All rows.
    WithDeleted,
    /// Deleted rows.
    OnlyDeleted,
}

/// What the capabilities need to know. A model controller implements these few lines and has every
/// capability; see the crate documentation.
///
/// It runs on an [`Executor`], which a connection of sea-orm is not:
/// ```compile_fail,E0277
/// fn runs_controllers<C: controllers::Executor>() {}
/// runs_controllers::<sea_orm::DatabaseConnection>();
/// ```
/// and which begins no transaction but through [`Executor::begin_nested`]:
/// ```compile_fail,E0277
/// fn begins_its_own<C: sea_orm::TransactionTrait>() {}
/// begins_its_own::<controllers::Tx>();
/// ```
pub trait Controller: Send + Sync {
    /// The table.
    type Entity: Managed;
    /// A pool or a transaction.
    type Conn: Executor;

    /// What statements run on.
    fn conn(&self) -> &Self::Conn;

    /// Where the time of stamps comes from.
    fn clock(&self) -> &Clock;

    /// Which soft-deleted rows are visible.
    fn scope(&self) -> Scope {
        Scope::Live
    }

    /// The guild that every statement is confined to; `None` for tables without one and for
    /// deliberate work across guilds.
    fn tenant(&self) -> Option<i64>;

    /// Told by long verbs after each of their statements; see [`Controller::reporting`].
    fn progressed(&self, _progress: Progress) {}

    /// The same controller, which tells `report` how far its long verbs have come: after each statement
    /// of a verb that has several.
    fn reporting<F: Fn(Progress) + Send + Sync>(self, report: F) -> Reporting<Self, F>
    where
        Self: Sized,
    {
        Reporting::new(self, report)
    }

    /// The guild as a condition.
    fn tenant_is(&self) -> Option<SimpleExpr> {
        Self::Entity::TENANT
            .zip(self.tenant())
            .map(|(column, guild)| column.eq(guild))
    }

    /// Guild and scope as a condition; every verb starts from it.
    fn confined(&self) -> Condition {
        let deleted = Self::Entity::DELETED_AT.and_then(|column| match self.scope() {
            Scope::Live => Some(column.is_null()),
            Scope::OnlyDeleted => Some(column.is_not_null()),
            Scope::WithDeleted => None,
        });
        Condition::all()
            .add_option(self.tenant_is())
            .add_option(deleted)
    }

    /// SELECT of the visible rows.
    fn select(&self) -> Select<Self::Entity> {
        Self::Entity::find().filter(self.confined())
    }

    /// Fills guild, key, version and timestamps of a new row.
    ///
    /// # Errors
    /// [`Error::Tenant`] when the draft names another guild; [`Error::Invalid`] when a value breaks a rule of
    /// its column.
    fn stamp_new(&self, draft: Draft<Self::Entity>) -> Result<Draft<Self::Entity>> {
        self.stamp()
            .insert::<Self::Entity>(draft)
            .map_err(refused::<Self::Entity>)
    }

    /// Fills the time of a change.
    ///
    /// # Errors
    /// [`Error::Tenant`] when the draft names another guild; [`Error::Invalid`] when a value breaks a rule of
    /// its column.
    fn stamp_changed(&self, draft: Draft<Self::Entity>) -> Result<Draft<Self::Entity>> {
        self.stamp()
            .update::<Self::Entity>(draft)
            .map_err(refused::<Self::Entity>)
    }

    /// What is stamped now.
    fn stamp(&self) -> Stamp {
        Stamp {
            now: self.clock().now(),
            tenant: self.tenant(),
        }
    }

    /// The refusal of a row of another guild.
    fn foreign(&self) -> Error {
        Error::Tenant {
            entity: key::table::<Self::Entity>(),
        }
    }
}

fn refused<E: Managed>(why: Refused) -> Error {
    let entity = key::table::<E>();
    match why {
        Refused::Invalid { column, limit } => Error::Invalid {
            entity,
            column,
            limit,
        },
        _ => Error::Tenant { entity },
    }
}

/// The plain controller: every capability, nothing of its own.
#[derive(Debug)]
pub struct Repo<'c, E, C> {
    conn: &'c C,
    clock: &'c Clock,
    tenant: Option<i64>,
    scope: Scope,
    entity: PhantomData<fn() -> E>,
}

impl<E, C> Clone for Repo<'_, E, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, C> Copy for Repo<'_, E, C> {}

impl<'c, E, C> Repo<'c, E, C> {
    pub(crate) fn new(conn: &'c C, clock: &'c Clock, tenant: Option<i64>) -> Self {
        Self {
            conn,
            clock,
            tenant,
            scope: Scope::Live,
            entity: PhantomData,
        }
    }

    /// The same controller, which also sees soft-deleted rows.
    #[must_use]
    pub fn with_deleted(self) -> Self {
        Self {
            scope: Scope::WithDeleted,
            ..self
        }
    }

    /// The same controller, which sees nothing but soft-deleted rows.
    #[must_use]
    pub fn only_deleted(self) -> Self {
        Self {
            scope: Scope::OnlyDeleted,
            ..self
        }
    }
}

impl<E: Managed, C: Executor> Controller for Repo<'_, E, C> {
    type Entity = E;
    type Conn = C;

    fn conn(&self) -> &C {
        self.conn
    }

    fn clock(&self) -> &Clock {
        self.clock
    }

    fn scope(&self) -> Scope {
        self.scope
    }

    fn tenant(&self) -> Option<i64> {
        self.tenant
    }
}

/// Declares a model controller over a guild's handle or over all guilds: every capability, to which
/// the model's own verbs are added in `impl` blocks.
macro_rules! model_controller {
    ($(#[$doc:meta])* $name:ident of $entity:ty, over $handle:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<'c, C>(pub(crate) $handle<'c, C>);

        impl<C> Clone for $name<'_, C> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<C> Copy for $name<'_, C> {}

        impl<C: $crate::Executor> $crate::Controller for $name<'_, C> {
            type Entity = $entity;
            type Conn = C;

            fn conn(&self) -> &C {
                self.0.conn()
            }

            fn clock(&self) -> &$crate::Clock {
                self.0.clock()
            }

            fn tenant(&self) -> Option<i64> {
                self.0.tenant()
            }
        }
    };
}
pub(crate) use model_controller;
