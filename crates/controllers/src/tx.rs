//! A transaction that cannot lie about what it stored.

use crate::{Error, Executor, Result};
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    TransactionTrait,
};
use std::{
    any::Any,
    pin::Pin,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

type DbResult<T> = std::result::Result<T, DbErr>;
type Hooks = Arc<Mutex<Vec<BoxFuture<'static, ()>>>>;

/// An open transaction or savepoint.
///
/// It remembers the first statement that failed. `PostgreSQL` answers COMMIT of an aborted
/// transaction with success and stores nothing, `SQLite` would keep the other statements; here both
/// are the same: [`Tx::commit`] rolls back and returns that error.
///
/// Dropping it rolls back; that is for cancelled callers, everybody else ends in
/// [`Tx::commit`], [`Tx::rollback`] or [`Tx::finish`].
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    failed: OnceLock<DbErr>,
    hooks: HookQueue,
    /// Queue of the enclosing transaction when this one is a savepoint.
    parent: Option<HookQueue>,
    /// What its opener wants dropped when it ends.
    _lent: Box<dyn Any + Send + Sync>,
}

#[derive(Clone, Default)]
struct HookQueue(Hooks);

impl HookQueue {
    fn extend(&self, hooks: impl IntoIterator<Item = BoxFuture<'static, ()>>) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(hooks);
    }

    fn take(&self) -> Vec<BoxFuture<'static, ()>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl std::fmt::Debug for HookQueue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HookQueue")
    }
}

impl Tx {
    /// Takes over a transaction that `service` has opened; `lent` is dropped when it ends.
    pub fn over(inner: DatabaseTransaction, lent: impl Any + Send + Sync) -> Self {
        Self {
            inner,
            failed: OnceLock::new(),
            hooks: HookQueue::default(),
            parent: None,
            _lent: Box::new(lent),
        }
    }

    /// Runs `hook` after COMMIT of the outermost transaction; a rollback drops it.
    ///
    /// For cache invalidation and wake-ups: what must survive a crash is an obligation.
    pub fn on_commit(&self, hook: impl Future<Output = ()> + Send + 'static) {
        let hook: BoxFuture<'static, ()> = Pin::from(Box::new(hook));
        self.hooks.extend([hook]);
    }

    /// COMMIT, or RELEASE of a savepoint.
    ///
    /// # Errors
    /// The error of the first failed statement, after rolling back; [`Error::CommitUnknown`] when
    /// the connection was lost while committing.
    pub async fn commit(self) -> Result<()> {
        if let Some(error) = self.failed.get().cloned() {
            self.inner.rollback().await?;
            return Err(error.into());
        }
        self.inner
            .commit()
            .await
            .map_err(|error| Error::from(error).at_commit())?;
        let hooks = self.hooks.take();
        match self.parent {
            Some(parent) => parent.extend(hooks),
            None => {
                for hook in hooks {
                    hook.await;
                }
            }
        }
        Ok(())
    }

    /// ROLLBACK, or ROLLBACK TO a savepoint, which leaves the outer transaction usable.
    ///
    /// # Errors
    /// [`Error::Connection`]; nothing is stored then either.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.inner.rollback().await?)
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

    fn noted<T>(&self, result: DbResult<T>) -> DbResult<T> {
        if let Err(error) = &result {
            // Only the first one counts; it is set already when this fails.
            drop(self.failed.set(error.clone()));
        }
        result
    }
}

impl Executor for Tx {
    async fn begin_nested(&self) -> Result<Self> {
        let inner = self.noted(self.inner.begin().await)?;
        Ok(Self {
            parent: Some(self.hooks.clone()),
            ..Self::over(inner, ())
        })
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> DbResult<ExecResult> {
        self.noted(self.inner.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> DbResult<ExecResult> {
        self.noted(self.inner.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> DbResult<Option<QueryResult>> {
        self.noted(self.inner.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> DbResult<Vec<QueryResult>> {
        self.noted(self.inner.query_all_raw(statement).await)
    }
}
