//! What a controller may run on.

use crate::{Result, Tx};
use sea_orm::{ConnectionTrait, DbErr};

tokio::task_local! {
    /// Set while a transaction closure runs.
    static IN_TRANSACTION: ();
}

/// The text of the refusal; becomes [`crate::Error::PoolInTransaction`].
pub(crate) const POOL_IN_TRANSACTION: &str = "pool used inside a transaction";

/// Runs a transaction closure in such a way that a pool used inside it says so, instead of waiting
/// for itself (`SQLite`) or escaping the transaction (`PostgreSQL`). A net, not a proof: a spawned
/// task leaves it.
pub async fn in_transaction<T>(work: impl Future<Output = T>) -> T {
    IN_TRANSACTION.scope((), work).await
}

/// What a pool asks before it works.
///
/// # Errors
/// Inside a transaction closure; becomes [`crate::Error::PoolInTransaction`].
pub fn refuse_in_transaction() -> Result<(), DbErr> {
    match IN_TRANSACTION.try_with(|()| ()) {
        Ok(()) => Err(DbErr::Custom(POOL_IN_TRANSACTION.to_owned())),
        Err(_) => Ok(()),
    }
}

/// A pool or a transaction, never a bare sea-orm connection.
///
/// `begin_nested` makes verbs of several statements atomic wherever they run: on a pool it opens a
/// transaction, on a transaction a savepoint. Streaming and `ActiveModelTrait::save` need other
/// traits, which no executor implements: they would go around the transaction's bookkeeping.
pub trait Executor: ConnectionTrait + Send + Sync {
    /// Opens a transaction (pool) or a savepoint (transaction).
    ///
    /// # Errors
    /// Whatever opening it may cause: [`crate::Error::Connection`], [`crate::Error::PoolTimeout`].
    fn begin_nested(&self) -> impl Future<Output = Result<Tx>> + Send;
}
