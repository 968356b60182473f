//! The pool as an executor.

use controllers::{Error, Executor, Result, Tx, refuse_in_transaction};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

#[expect(clippy::disallowed_types, reason = "this is where connections live")]
type Connections = sea_orm::DatabaseConnection;
type DbResult<T> = std::result::Result<T, DbErr>;

/// Statements on whichever connection is free.
#[derive(Clone, Debug)]
pub struct Pool {
    connections: Connections,
    /// Where plain SELECTs go when the writer is a single connection (`SQLite`).
    readers: Option<Connections>,
    calls: Arc<Calls>,
}

/// What the pool was asked to do so far.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    /// Calls on the writer that have not been answered, and transactions that have not ended: each has a
    /// connection or waits for one.
    pub(crate) under_way: AtomicUsize,
    pub(crate) finished: AtomicUsize,
    pub(crate) failed: AtomicUsize,
}

/// Counts a call or a transaction for as long as it lasts, also when its caller goes away.
struct UnderWay(Arc<Calls>);

impl UnderWay {
    fn count(calls: &Arc<Calls>) -> Self {
        calls.under_way.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(calls))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Calls slower than this are reported.
const SLOW: Duration = Duration::from_secs(1);

impl Pool {
    pub(crate) fn new(connections: Connections, readers: Option<Connections>) -> Self {
        Self {
            connections,
            readers,
            calls: Arc::default(),
        }
    }

    pub(crate) fn calls(&self) -> &Calls {
        &self.calls
    }

    async fn run<T>(&self, call: impl Future<Output = DbResult<T>> + Send) -> DbResult<T> {
        refuse_in_transaction()?;
        let start = Instant::now();
        let result = call.await;
        self.calls.finished.fetch_add(1, Ordering::Relaxed);
        if result.is_err() {
            self.calls.failed.fetch_add(1, Ordering::Relaxed);
        }
        let took = start.elapsed();
        if took > SLOW {
            tracing::warn!(duration_ms = took.as_millis(), "slow database call");
        }
        result
    }

    /// Like [`Pool::run`], for a call that needs a connection of the writer.
    async fn write<T>(&self, call: impl Future<Output = DbResult<T>> + Send) -> DbResult<T> {
        let _counted = UnderWay::count(&self.calls);
        self.run(call).await
    }

    fn readers_for(&self, statement: &Statement) -> Option<&Connections> {
        let readers = self.readers.as_ref();
        readers.filter(|_| statement.sql.starts_with("SELECT "))
    }

    /// Opens a transaction on a task of its own.
    ///
    /// With sqlx 0.9, dropping a caller while BEGIN is on the wire hands the connection back to the
    /// pool inside an open transaction. The task is never dropped: an unwanted transaction is
    /// finished and rolled back.
    pub(crate) async fn begin(&self, options: TransactionOptions) -> Result<Tx> {
        let connections = self.connections.clone();
        let counted = UnderWay::count(&self.calls);
        let begin = async move {
            let transaction = connections.begin_with_options(options).await?;
            Ok(Tx::over(transaction, counted))
        };
        self.run(async {
            tokio::spawn(begin)
                .await
                .unwrap_or_else(|stopped| Err(DbErr::Custom(format!("BEGIN stopped: {stopped}"))))
        })
        .await
        .map_err(Error::from)
    }

    pub(crate) async fn close(&self) {
        for connections in [Some(&self.connections), self.readers.as_ref()]
            .into_iter()
            .flatten()
        {
            if let Err(error) = connections.close_by_ref().await {
                tracing::warn!(%error, "closing the database pool");
            }
        }
    }

    /// What a writing transaction begins with. `SQLite` takes the write lock at once, so that no
    /// transaction fails later when it first writes (code 517, which waiting cannot help).
    pub(crate) fn read_write(&self) -> TransactionOptions {
        TransactionOptions {
            sqlite_transaction_mode: (self.get_database_backend() == DbBackend::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        }
    }
}

impl Executor for Pool {
    async fn begin_nested(&self) -> Result<Tx> {
        self.begin(self.read_write()).await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Pool {
    fn get_database_backend(&self) -> DbBackend {
        self.connections.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> DbResult<ExecResult> {
        self.write(self.connections.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> DbResult<ExecResult> {
        self.write(self.connections.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> DbResult<Option<QueryResult>> {
        match self.readers_for(&statement) {
            Some(readers) => self.run(readers.query_one_raw(statement)).await,
            None => self.write(self.connections.query_one_raw(statement)).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> DbResult<Vec<QueryResult>> {
        match self.readers_for(&statement) {
            Some(readers) => self.run(readers.query_all_raw(statement)).await,
            None => self.write(self.connections.query_all_raw(statement)).await,
        }
    }
}
