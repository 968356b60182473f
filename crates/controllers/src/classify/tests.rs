use super::*;
use std::{borrow::Cow, error::Error as StdError, fmt, io, sync::Arc};

/// What a database could say, for codes that no test can provoke.
#[derive(Debug)]
struct Said(&'static str);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl StdError for Said {}

impl DatabaseError for Said {
    fn message(&self) -> &str {
        self.0
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.0.into())
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

fn from_sqlx(error: sqlx::Error) -> Error {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))).into()
}

fn coded(code: &'static str) -> Error {
    from_sqlx(sqlx::Error::Database(Box::new(Said(code))))
}

#[test]
fn passing_conflicts_may_run_again() {
    for code in ["40001", "40P01", "55P03", "5", "261", "517"] {
        let error = coded(code);
        assert!(matches!(error, Error::Retryable(_)), "{code}: {error:?}");
        assert!(error.is_retryable() && !error.is_unavailable(), "{code}");
        assert!(matches!(error.at_commit(), Error::Retryable(_)), "{code}");
    }
}

#[test]
fn a_lost_connection_may_run_again_but_not_after_commit() {
    let codes = [
        "08000", "08003", "08006", "57P01", "57P02", "57P03", "53300", "25006", "25P03",
    ];
    let reset = || io::Error::from(io::ErrorKind::ConnectionReset);
    let lost = codes.map(coded).into_iter().chain([
        from_sqlx(sqlx::Error::Io(reset())),
        from_sqlx(sqlx::Error::PoolClosed),
        from_sqlx(sqlx::Error::WorkerCrashed),
        DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed).into(),
    ]);
    for error in lost {
        assert!(matches!(error, Error::Connection(_)), "{error:?}");
        assert!(error.is_retryable() && error.is_unavailable());
        let at_commit = error.at_commit();
        assert!(matches!(at_commit, Error::CommitUnknown(_)));
        assert!(!at_commit.is_retryable() && at_commit.is_unavailable());
    }
}

#[test]
fn timeouts_are_told_apart_and_not_repeated() {
    let statement = coded("57014");
    assert!(matches!(statement, Error::Timeout(_)));
    let pool: [Error; 2] = [
        from_sqlx(sqlx::Error::PoolTimedOut),
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout).into(),
    ];
    for error in pool.into_iter().chain([statement]) {
        assert!(!error.is_retryable() && error.is_unavailable(), "{error}");
    }
}

#[test]
fn a_row_that_is_still_referred_to_is_a_foreign_key_violation_by_any_of_its_codes() {
    for code in ["23001", "1811"] {
        let kind = match coded(code) {
            Error::Constraint { kind, .. } => kind,
            other => panic!("{code}: {other:?}"),
        };
        assert_eq!(kind, ConstraintKind::ForeignKey);
    }
}

#[test]
fn anything_else_is_neither_repeated_nor_taken_for_an_outage() {
    let others = [
        coded("42P01"),
        coded("22P05"),
        coded("1"),
        from_sqlx(sqlx::Error::RowNotFound),
        DbErr::Custom("odd".to_owned()).into(),
    ];
    for error in others {
        assert!(matches!(error, Error::Db(_)), "{error:?}");
        assert!(!error.is_retryable() && !error.is_unavailable());
    }
    let refused: Error = DbErr::Custom(POOL_IN_TRANSACTION.to_owned()).into();
    assert!(matches!(refused, Error::PoolInTransaction));
    assert!(!refused.is_retryable());
}
