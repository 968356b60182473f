//! Errors by what they say about the database.

use crate::Error;

/// What kind of trouble an [`Error`] is, as a label of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// A rule of the schema or of the data layer refused the call: the database is well.
    Refused,
    /// A passing conflict with other callers.
    Conflict,
    /// No connection, or one that was lost.
    Connection,
    /// A connection that was lost during COMMIT.
    CommitUnknown,
    /// No connection became free in time.
    PoolTimeout,
    /// A statement that ran into the server's limit.
    Timeout,
    /// Anything that nobody expected.
    Unexpected,
}

impl ErrorClass {
    /// The name, as a label has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Conflict => "conflict",
            Self::Connection => "connection",
            Self::CommitUnknown => "commit_unknown",
            Self::PoolTimeout => "pool_timeout",
            Self::Timeout => "timeout",
            Self::Unexpected => "unexpected",
        }
    }
}

impl Error {
    /// The class of this error.
    pub fn class(&self) -> ErrorClass {
        match self {
            Self::Retryable(_) => ErrorClass::Conflict,
            Self::Connection(_) => ErrorClass::Connection,
            Self::CommitUnknown(_) => ErrorClass::CommitUnknown,
            Self::PoolTimeout => ErrorClass::PoolTimeout,
            Self::Timeout(_) => ErrorClass::Timeout,
            Self::Db(_) => ErrorClass::Unexpected,
            _ => ErrorClass::Refused,
        }
    }
}
