//! What a transaction needs of the connection that it runs on.

use sea_orm::{DbBackend, DbErr, ExecResult, QueryResult, Statement};

/// A connection inside a transaction, lent by whoever owns connections. Dropping it ends whatever is open by
/// rolling back.
///
/// No method may be dropped before it has answered, except those that run a statement: [`crate::Tx`] calls the
/// others on tasks of their own.
#[async_trait::async_trait]
pub trait Session: Send {
    /// Which database it talks to.
    fn backend(&self) -> DbBackend;

    /// How deep it is: 1 inside a transaction, one more inside each savepoint, 0 when all has ended.
    fn depth(&self) -> usize;

    /// Runs a prepared statement that returns no rows. One round trip.
    async fn execute(&mut self, statement: Statement) -> Result<ExecResult, DbErr>;

    /// Runs SQL as it is, without values. One round trip.
    async fn execute_unprepared(&mut self, sql: &str) -> Result<ExecResult, DbErr>;

    /// Runs a prepared statement and returns its first row. One round trip.
    async fn query_one(&mut self, statement: Statement) -> Result<Option<QueryResult>, DbErr>;

    /// Runs a prepared statement and returns all its rows. One round trip.
    async fn query_all(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr>;

    /// Sends rows in the text format of COPY to the table and columns that `sql` names; how many they were. Two round
    /// trips.
    async fn copy_in(&mut self, sql: &str, rows: Vec<u8>) -> Result<u64, DbErr>;

    /// SAVEPOINT. One round trip.
    async fn savepoint(&mut self) -> Result<(), DbErr>;

    /// COMMIT, or RELEASE of the innermost savepoint. One round trip.
    async fn commit(&mut self) -> Result<(), DbErr>;

    /// ROLLBACK, or ROLLBACK TO the innermost savepoint. One round trip.
    async fn rollback(&mut self) -> Result<(), DbErr>;

    /// Like [`Session::rollback`], sent before the next statement instead of now: for callers that are being dropped.
    fn start_rollback(&mut self);
}
