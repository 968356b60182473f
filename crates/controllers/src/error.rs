//! The one error of the data layer.

use sea_orm::DbErr;

/// What a call of the data layer returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong between a caller and the database, sorted by what the caller can do.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No live row has this key.
    #[error("{entity} {key} does not exist")]
    NotFound {
        /// Table name.
        entity: &'static str,
        /// The key as text.
        key: String,
    },
    /// The row was changed by somebody else after it was read.
    #[error("{entity} {key} changed since it was read")]
    Stale {
        /// Table name.
        entity: &'static str,
        /// The key as text.
        key: String,
    },
    /// More rows matched than the caller may load at once.
    #[error("{entity}: more than {limit} rows match")]
    TooMany {
        /// Table name.
        entity: &'static str,
        /// The most rows that were allowed.
        limit: u64,
    },
    /// A write over many rows whose filter names none; [`crate::Everything`] says that it is meant.
    #[error("{entity}: a write over many rows needs a filter")]
    Unfiltered {
        /// Table name.
        entity: &'static str,
    },
    /// The row belongs to another guild than the handle.
    #[error("{entity}: the row belongs to another guild")]
    Tenant {
        /// Table name.
        entity: &'static str,
    },
    /// A draft leaves a column unset that the verb needs.
    #[error("{entity}: {column} must be set")]
    Unset {
        /// Table name.
        entity: &'static str,
        /// Column name, or `key`.
        column: &'static str,
    },
    /// A value of a draft breaks a rule of its column; the database was not asked.
    #[error("{entity}: {column} {limit}")]
    Invalid {
        /// Table name.
        entity: &'static str,
        /// Column name.
        column: &'static str,
        /// What its values may be.
        limit: entity::Limit,
    },
    /// A constraint of the schema refused the write.
    #[error("{kind} constraint {} refused the write", name.as_deref().unwrap_or("(unnamed)"))]
    Constraint {
        /// Which rule was broken.
        kind: ConstraintKind,
        /// Name of the constraint; `SQLite` reports one for checks only. A sharded table appends a
        /// suffix: match by prefix.
        name: Option<String>,
        /// Table, where the database tells.
        table: Option<String>,
        /// Columns, where the database tells (`SQLite`: unique and not-null violations).
        columns: Vec<String>,
        /// What the database said.
        #[source]
        source: Box<DbErr>,
    },
    /// A passing conflict (deadlock, serialization failure, busy file): the whole transaction may
    /// run again.
    #[error("the database asked to try again")]
    Retryable(#[source] DbErr),
    /// The connection was lost before COMMIT, or none could be opened: nothing was stored.
    #[error("no connection to the database")]
    Connection(#[source] DbErr),
    /// The connection was lost during COMMIT: look for the row before writing it again.
    #[error("the connection was lost during COMMIT; the outcome is unknown")]
    CommitUnknown(#[source] DbErr),
    /// Every connection of the pool stayed busy until the acquire timeout.
    #[error("no database connection became free in time")]
    PoolTimeout,
    /// The statement ran into the server's time limit.
    #[error("the statement took too long and was stopped")]
    Timeout(#[source] DbErr),
    /// The cursor was made for another ordering, or altered.
    #[error("bad cursor: {0}")]
    Cursor(&'static str),
    /// The pool was used inside a transaction closure, where it would escape the transaction.
    #[error("the pool was used inside a transaction; use the handle that the closure was given")]
    PoolInTransaction,
    /// Facts of a case event that its hash could not vouch for: no JSON object, one that takes the names
    /// `texts` or `salt`, or one with fractions.
    #[error("the facts of a case event must be a JSON object without fractions")]
    Unhashable,
    /// Anything else the database or the driver said.
    #[error("unexpected database error")]
    Db(#[source] DbErr),
}

/// Which rule of the schema a write broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConstraintKind {
    /// A primary key, unique constraint or unique index.
    Unique,
    /// A foreign key, in either direction.
    ForeignKey,
    /// A CHECK.
    Check,
    /// A column that must have a value.
    NotNull,
    /// An exclusion constraint (`PostgreSQL`).
    Exclusion,
}

impl std::fmt::Display for ConstraintKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unique => "unique",
            Self::ForeignKey => "foreign key",
            Self::Check => "check",
            Self::NotNull => "not-null",
            Self::Exclusion => "exclusion",
        })
    }
}

impl Error {
    /// Whether running the whole transaction again may help: the database is sure that nothing of
    /// it was stored.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Retryable(_) | Self::Connection(_))
    }

    /// Whether the database could not be reached, as opposed to refusing what was asked.
    pub fn is_unavailable(&self) -> bool {
        matches!(
            self,
            Self::Connection(_) | Self::CommitUnknown(_) | Self::PoolTimeout | Self::Timeout(_)
        )
    }

    /// Whether a unique constraint over (at least) these columns refused the write.
    ///
    /// `name` is the constraint's name, which `PostgreSQL` reports; `columns` are its columns, which
    /// `SQLite` reports.
    pub fn is_unique(&self, name: &str, columns: &[&str]) -> bool {
        matches!(self, Self::Constraint { kind: ConstraintKind::Unique, name: found, columns: cs, .. }
        if found.as_deref().map_or_else(
            || columns.iter().all(|c| cs.iter().any(|f| f == c)),
            |f| f.starts_with(name),
        ))
    }
}
