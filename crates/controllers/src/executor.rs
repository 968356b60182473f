//! What a controller may run on.

use crate::{Result, Tx};
use sea_orm::ConnectionTrait;

/// The text by which a pool refuses work inside a transaction closure; becomes
/// [`crate::Error::PoolInTransaction`].
pub const POOL_IN_TRANSACTION: &str = "pool used inside a transaction";

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
