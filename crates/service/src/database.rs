//! The owner of the pools.

use crate::{
    Error, Options, Outage, Pool, Retry, TransactionKind, connect_postgres, connect_sqlite,
    observe::{Observer, Operation},
};
use controllers::{Clock, Db, Executor, Result, Tx, in_transaction};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// The database: its pools, their transactions and their end.
///
/// Cheap to clone; clones share the pools. Nothing else in Rookery opens a connection.
#[derive(Clone, Debug)]
pub struct Database {
    write: Pool,
    read: Pool,
    has_replica: bool,
    clock: Clock,
}

impl Database {
    /// Brings the schema up to date (or checks that it is) and opens the pools.
    ///
    /// A missing `SQLite` file is created. Concurrent starters wait for each other's migrations.
    ///
    /// # Errors
    /// [`Error::Unreachable`] when the database does not answer; [`Error::Migration`] when its schema is newer than
    /// this binary or a migration fails; [`Error::Pending`] when migrating is switched off and needed.
    pub async fn connect(options: &Options, clock: Clock) -> Result<Self, Error> {
        // An unusable URL is told before anything is touched.
        let database = Self::open(options, clock)?;
        if options.migrate {
            let applied = migration::up(options.direct()).await?;
            for name in &applied.names {
                tracing::info!(migration = name.as_str(), "migration applied");
            }
        } else {
            let status = migration::status(options.direct()).await?.require_known()?;
            if !status.pending.is_empty() {
                return Err(Error::Pending(status.pending.len()));
            }
        }
        database.open_writer().await.map_err(Error::Unreachable)?;
        let drift = database.drift().await.map_err(Error::Unreachable)?;
        for difference in &drift.differences {
            tracing::warn!(%difference, "the schema is not the one that this program was made for");
        }
        Ok(database)
    }

    /// The writer comes first: it switches a new `SQLite` file to WAL, which a reader may not do.
    async fn open_writer(&self) -> Result<()> {
        self.begin().await?.rollback().await
    }

    fn open(options: &Options, clock: Clock) -> Result<Self, Error> {
        let observer = Arc::new(Observer::new(options.slow));
        let read_url = options.read_url.as_deref();
        let (write, read) = if options.url.starts_with("sqlite:") {
            let writer = connect_sqlite::writer(&options.url, options)?;
            let own = connect_sqlite::readers(&options.url, options)?;
            let readers = match read_url {
                Some(url) => connect_sqlite::readers(url, options)?,
                None => Arc::clone(&own),
            };
            (
                Pool::sqlite(writer, own, &observer),
                Pool::sqlite(Arc::clone(&readers), readers, &observer),
            )
        } else if options.url.starts_with("postgres:") || options.url.starts_with("postgresql:") {
            let pool = |url, writer| {
                let keeper = connect_postgres::keeper(url, options, writer)?;
                Ok::<_, Error>(Pool::postgres(keeper, &observer))
            };
            let write = pool(&options.url, true)?;
            let read = match read_url {
                Some(url) => pool(url, false)?,
                None => write.clone(),
            };
            (write, read)
        } else {
            return Err(Error::Scheme);
        };
        Ok(Self {
            read: read.away_with(&write),
            write,
            has_replica: read_url.is_some(),
            clock,
        })
    }

    /// All controllers, one statement at a time, on the primary.
    pub fn db(&self) -> Db<'_, Pool> {
        Db::new(&self.write, &self.clock)
    }

    /// All controllers on the replica, or on the primary without one. It may lag: for lists,
    /// statistics and exports, never for what a write depends on.
    pub fn reader(&self) -> Db<'_, Pool> {
        Db::new(&self.read, &self.clock)
    }

    /// The reader, when it is not the writer's own server.
    pub(crate) fn other_reader(&self) -> Option<&Pool> {
        self.has_replica.then_some(&self.read)
    }

    /// The switch that takes this database away from everyone who has it.
    pub fn outage(&self) -> &Outage {
        self.write.outage()
    }

    /// The clock that stamps.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Opens a transaction. One round trip. Prefer [`Database::transaction`], which ends and retries it.
    ///
    /// # Errors
    /// [`controllers::Error::Connection`], [`controllers::Error::PoolTimeout`].
    pub async fn begin(&self) -> Result<Tx> {
        self.write.begin_nested().await
    }

    /// Opens a transaction of another kind than the usual one.
    ///
    /// # Errors
    /// Those of [`Database::begin`].
    pub async fn begin_as(&self, kind: TransactionKind) -> Result<Tx> {
        self.write.begin(kind).await
    }

    /// Runs `work` in a transaction: COMMIT on `Ok`, ROLLBACK on `Err`. Two round trips more than `work` takes.
    ///
    /// After a deadlock, a serialization failure, a busy file or a connection that was lost *before*
    /// COMMIT, the whole closure runs again, up to the bound of `retry`; so it must have no effect
    /// outside the database. Such effects go into [`Tx::on_commit`], or into an obligation.
    ///
    /// # Errors
    /// The last error of the closure or of COMMIT. [`controllers::Error::CommitUnknown`] is never retried.
    pub async fn transaction<T, F>(&self, retry: Retry, work: F) -> Result<T>
    where
        T: Send,
        F: for<'t> Fn(Db<'t, Tx>) -> BoxFuture<'t, Result<T>> + Send + Sync,
    {
        self.transaction_with(retry, &work, |db, work| work(db))
            .await
    }

    /// Like [`Database::transaction`], for a closure that borrows `input` instead of owning what it
    /// needs.
    ///
    /// # Errors
    /// Those of [`Database::transaction`].
    pub async fn transaction_with<I, T, F>(&self, retry: Retry, input: &I, work: F) -> Result<T>
    where
        I: ?Sized + Sync,
        T: Send,
        F: for<'t> Fn(Db<'t, Tx>, &'t I) -> BoxFuture<'t, Result<T>> + Send + Sync,
    {
        self.transaction_as(TransactionKind::default(), retry, input, work)
            .await
    }

    /// Like [`Database::transaction_with`], for a transaction of another kind: read-only, or kept further apart from
    /// others. BEGIN says so; there is no further round trip.
    ///
    /// # Errors
    /// Those of [`Database::transaction`]. What a kind forbids fails as any refused statement does.
    pub async fn transaction_as<I, T, F>(
        &self,
        kind: TransactionKind,
        retry: Retry,
        input: &I,
        work: F,
    ) -> Result<T>
    where
        I: ?Sized + Sync,
        T: Send,
        F: for<'t> Fn(Db<'t, Tx>, &'t I) -> BoxFuture<'t, Result<T>> + Send + Sync,
    {
        let mut runs = 0;
        loop {
            let error = match self.once(kind, input, &work).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            runs += 1;
            if !error.is_retryable() || runs >= retry.attempts {
                return Err(error);
            }
            tracing::debug!(runs, %error, "transaction runs again");
            tokio::time::sleep(retry.delay(runs)).await;
        }
    }

    async fn once<I, T, F>(&self, kind: TransactionKind, input: &I, work: &F) -> Result<T>
    where
        I: ?Sized + Sync,
        T: Send,
        F: for<'t> Fn(Db<'t, Tx>, &'t I) -> BoxFuture<'t, Result<T>> + Send + Sync,
    {
        let tx = self.begin_as(kind).await?;
        let result = in_transaction(work(Db::new(&tx, &self.clock), input)).await;
        tx.finish(result).await
    }

    /// How every kind of call went since the start, by verb and table: the wait for a connection told from the work.
    /// The one with the most time in total comes first. Asks nobody.
    pub fn operations(&self) -> Vec<Operation> {
        self.write.observer().operations()
    }

    /// Lets calls under way finish and closes every connection. Later calls fail with
    /// [`controllers::Error::Connection`].
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}
