//! Several calls that succeed or fail together.

use crate::{Controller, Db, Error, Result, Tx};
use futures_util::future::BoxFuture;

/// Atomic work, starting from any controller. On a pool it opens a transaction, inside a
/// transaction a savepoint.
pub trait Transact: Controller {
    /// Runs `work` in one transaction: COMMIT on `Ok`, ROLLBACK on `Err`. Runs once; transient errors
    /// are retried by `service::Database::transaction`, which owns the outermost transaction.
    fn transaction<T, F>(&self, work: F) -> impl Future<Output = Result<T>> + Send
    where
        T: Send,
        F: for<'t> FnOnce(Db<'t, Tx>) -> BoxFuture<'t, Result<T>> + Send,
    {
        Db::new(self.conn(), self.clock()).transaction(work)
    }

    /// Like [`Transact::transaction`], for work that may well break a constraint: such a failure is
    /// undone and handed back as the inner result, and the outer transaction stays usable.
    fn attempt<T, F>(&self, work: F) -> impl Future<Output = Result<Result<T>>> + Send
    where
        T: Send,
        F: for<'t> FnOnce(Db<'t, Tx>) -> BoxFuture<'t, Result<T>> + Send,
    {
        async move {
            match self.transaction(work).await {
                Err(error @ Error::Constraint { .. }) => Ok(Err(error)),
                result => result.map(Ok),
            }
        }
    }
}

impl<T: Controller> Transact for T {}
