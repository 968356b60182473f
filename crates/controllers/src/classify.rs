//! Sorts database errors by SQLSTATE and `SQLite` result code: the only place that knows either.

use crate::{ConstraintKind, Error, executor::POOL_IN_TRANSACTION};
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};
use sqlx::error::{DatabaseError, ErrorKind};

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::PoolTimeout,
            DbErr::ConnectionAcquire(_) => Self::Connection(error),
            DbErr::Custom(text) if text == POOL_IN_TRANSACTION => Self::PoolInTransaction,
            DbErr::Conn(RuntimeErr::SqlxError(inner))
            | DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner)) => match &**inner {
                sqlx::Error::PoolTimedOut => Self::PoolTimeout,
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => Self::Connection(error),
                sqlx::Error::Database(database) => sorted(&**database, error.clone()),
                _ => Self::Db(error),
            },
            _ => Self::Db(error),
        }
    }
}

fn sorted(database: &dyn DatabaseError, source: DbErr) -> Error {
    let code = database.code().unwrap_or_default();
    if let Some(kind) = constraint_kind(database, &code) {
        return Error::Constraint {
            kind,
            name: database
                .constraint()
                .or_else(|| told_name(kind, database.message()))
                .map(ToOwned::to_owned),
            table: database.table().map(ToOwned::to_owned),
            columns: told_columns(kind, database.message()),
            source: Box::new(source),
        };
    }
    match &*code {
        // serialization failure, deadlock, lock timeout; SQLITE_BUSY and its recovery and snapshot forms
        "40001" | "40P01" | "55P03" | "5" | "261" | "517" => Error::Retryable(source),
        "57014" => Error::Timeout(source),
        // shutdown, crash, starting up, too many connections, demoted to read-only; idle transaction ended
        "57P01" | "57P02" | "57P03" | "53300" | "25006" | "25P03" => Error::Connection(source),
        code if code.starts_with("08") => Error::Connection(source),
        _ => Error::Db(source),
    }
}

/// `DbErr::sql_err` knows unique and foreign key violations only; sqlx knows two more.
fn constraint_kind(database: &dyn DatabaseError, code: &str) -> Option<ConstraintKind> {
    match database.kind() {
        ErrorKind::UniqueViolation => Some(ConstraintKind::Unique),
        ErrorKind::ForeignKeyViolation => Some(ConstraintKind::ForeignKey),
        ErrorKind::NotNullViolation => Some(ConstraintKind::NotNull),
        ErrorKind::CheckViolation => Some(ConstraintKind::Check),
        ErrorKind::ExclusionViolation => Some(ConstraintKind::Exclusion),
        // A row that is still referred to: PostgreSQL from 18 on, SQLite (where RESTRICT is a trigger).
        _ if matches!(code, "23001" | "1811") => Some(ConstraintKind::ForeignKey),
        _ => None,
    }
}

/// `SQLite` names a failed check, and a unique index on an expression, in its message:
/// `CHECK constraint failed: name`, `UNIQUE constraint failed: index 'name'`.
fn told_name(kind: ConstraintKind, message: &str) -> Option<&str> {
    let (_, told) = message.split_once("constraint failed: ")?;
    match kind {
        ConstraintKind::Check => Some(told),
        ConstraintKind::Unique => told.strip_prefix("index '")?.strip_suffix('\''),
        _ => None,
    }
}

/// `SQLite` lists the columns of a unique or not-null violation: `constraint failed: t.a, t.b`.
fn told_columns(kind: ConstraintKind, message: &str) -> Vec<String> {
    match (kind, message.split_once("constraint failed: ")) {
        (ConstraintKind::Unique | ConstraintKind::NotNull, Some((_, list)))
            if told_name(kind, message).is_none() =>
        {
            list.split(", ")
                .map(|column| column.rsplit('.').next().unwrap_or(column).to_owned())
                .collect()
        }
        _ => Vec::new(),
    }
}

impl Error {
    /// The same error, when it was COMMIT that returned it: a lost connection no longer means that
    /// nothing was stored.
    pub(crate) fn at_commit(self) -> Self {
        match self {
            Self::Connection(source) => Self::CommitUnknown(source),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
