//! A transaction that cannot lie about what it stored.

mod hooks;
mod level;

use crate::{Error, Executor, Result, Session};
use hooks::Hooks;
use level::Level;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use std::{panic::resume_unwind, sync::OnceLock};
use tokio::sync::oneshot;

type DbResult<T> = std::result::Result<T, DbErr>;

/// An open transaction or savepoint.
///
/// It remembers the first statement that failed. `PostgreSQL` answers COMMIT of an aborted
/// transaction with success and stores nothing, `SQLite` would keep the other statements; here both
/// are the same: [`Tx::commit`] rolls back and returns that error. A statement whose caller went away before
/// the answer counts as failed, because nobody knows whether it did its work.
///
/// While a savepoint is open, statements belong to it: those of the enclosing transaction are refused.
///
/// Dropping it rolls back; that is for cancelled callers, everybody else ends in
/// [`Tx::commit`], [`Tx::rollback`] or [`Tx::finish`].
#[derive(Debug)]
pub struct Tx {
    level: Level,
    backend: DbBackend,
    failed: OnceLock<DbErr>,
    hooks: Hooks,
    /// Queue of the enclosing transaction when this one is a savepoint.
    parent: Option<Hooks>,
}

impl Tx {
    /// Takes over a transaction that `service` has begun.
    pub fn over(session: Box<dyn Session>) -> Self {
        Self {
            backend: session.backend(),
            level: Level::outermost(session),
            failed: OnceLock::new(),
            hooks: Hooks::default(),
            parent: None,
        }
    }

    /// Runs `hook` after COMMIT of the outermost transaction; a rollback drops it.
    ///
    /// For cache invalidation and wake-ups: what must survive a crash is an obligation.
    pub fn on_commit(&self, hook: impl Future<Output = ()> + Send + 'static) {
        self.hooks.push(Box::pin(hook));
    }

    /// COMMIT, or RELEASE of a savepoint. One round trip.
    ///
    /// It runs to its end, hooks included, even if its caller goes away.
    ///
    /// # Errors
    /// The error of the first failed statement, after rolling back; [`Error::CommitUnknown`] when
    /// the connection was lost while committing.
    pub async fn commit(self) -> Result<()> {
        if let Some(error) = self.failed.get().cloned() {
            self.level.rollback().await?;
            return Err(error.into());
        }
        let Self {
            level,
            hooks,
            parent,
            ..
        } = self;
        to_its_end(async move {
            // The connection is free again before a hook asks for one.
            level
                .commit()
                .await
                .map_err(|error| Error::from(error).at_commit())?;
            match parent {
                Some(parent) => parent.append(&hooks),
                None => hooks.run().await,
            }
            Ok(())
        })
        .await
    }

    /// ROLLBACK, or ROLLBACK TO a savepoint, which leaves the outer transaction usable. One round trip.
    ///
    /// # Errors
    /// [`Error::Connection`]; nothing is stored then either.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.level.rollback().await?)
    }

    /// Commits on `Ok`, rolls back on `Err`.
    ///
    /// # Errors
    /// The given error, or that of COMMIT.
    pub async fn finish<T>(self, result: Result<T>) -> Result<T> {
        match result {
            Ok(value) => self.commit().await.map(|()| value),
            Err(error) => {
                // The first error tells more than that of a rollback on the same connection.
                drop(self.rollback().await);
                Err(error)
            }
        }
    }

    /// COPY of rows in its text format, where the database has it; how many they were. Two round trips.
    pub(crate) async fn copy_in(&self, sql: String, rows: Vec<u8>) -> DbResult<u64> {
        let call = self.level.statement(&self.failed, |session| {
            Box::pin(async move { session.copy_in(&sql, rows).await })
        });
        self.noted(call.await)
    }

    fn noted<T>(&self, result: DbResult<T>) -> DbResult<T> {
        if let Err(error) = &result {
            // Only the first one counts; it is set already when this fails.
            drop(self.failed.set(error.clone()));
        }
        result
    }
}

/// Runs `work` on a task of its own, which nobody can drop: a caller that goes away in the middle of BEGIN, COMMIT
/// or SAVEPOINT would leave the connection at a depth that neither side knows.
pub async fn to_its_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(stopped) => match stopped.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // Only a runtime that shuts down cancels the task, and with it whoever waits here.
            Err(_) => std::future::pending().await,
        },
    }
}

impl Executor for Tx {
    async fn begin_nested(&self) -> Result<Self> {
        let (told, hears) = oneshot::channel();
        drop(tokio::spawn(self.level.deepen(told)));
        let stopped = |_| Err(DbErr::Custom("SAVEPOINT was stopped".to_owned()));
        let level = self.noted(hears.await.unwrap_or_else(stopped))?;
        Ok(Self {
            level,
            backend: self.backend,
            failed: OnceLock::new(),
            hooks: Hooks::default(),
            parent: Some(self.hooks.clone()),
        })
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> DbResult<ExecResult> {
        let call = self
            .level
            .statement(&self.failed, |session| session.execute(statement));
        self.noted(call.await)
    }

    async fn execute_unprepared(&self, sql: &str) -> DbResult<ExecResult> {
        let sql = sql.to_owned();
        let call = self.level.statement(&self.failed, |session| {
            Box::pin(async move { session.execute_unprepared(&sql).await })
        });
        self.noted(call.await)
    }

    async fn query_one_raw(&self, statement: Statement) -> DbResult<Option<QueryResult>> {
        let call = self
            .level
            .statement(&self.failed, |session| session.query_one(statement));
        self.noted(call.await)
    }

    async fn query_all_raw(&self, statement: Statement) -> DbResult<Vec<QueryResult>> {
        let call = self
            .level
            .statement(&self.failed, |session| session.query_all(statement));
        self.noted(call.await)
    }
}
