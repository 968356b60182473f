//! The pool as an executor.

use crate::{
    Outage,
    driver::Driver,
    keeper::Keeper,
    lent::Lent,
    observe::{Observer, Verb},
    session::{self, Transaction},
    transaction::TransactionKind,
};
use controllers::{Error, Executor, Result, Tx, refuse_in_transaction, to_its_end};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement,
};
use sqlx::{Postgres, Sqlite};
use std::{fmt, sync::Arc};

type DbResult<T> = std::result::Result<T, DbErr>;

/// Statements on whichever connection is free, each alone. Cheap to clone; clones share the connections.
///
/// A statement on a connection that was used within the last half second is one round trip; on one that has rested
/// it is two, and a new one takes several.
#[derive(Clone)]
pub struct Pool {
    connections: Connections,
    observer: Arc<Observer>,
    outage: Outage,
}

#[derive(Clone)]
enum Connections {
    Postgres(Arc<Keeper<Postgres>>),
    Sqlite {
        writer: Arc<Keeper<Sqlite>>,
        /// Where plain SELECTs go, so that they do not wait for the writer.
        readers: Arc<Keeper<Sqlite>>,
    },
}

/// Runs a statement on the connections that it belongs to, and observes it.
macro_rules! on {
    ($pool:ident, $keeper:expr, $statement:ident, $verb:ident, $error:path) => {{
        let mut observed = $pool.observer.statement(&$statement.sql);
        let answer = match lend(&$pool.outage, $keeper).await {
            Ok(mut lent) => {
                observed.connected();
                lent.$verb($statement).await.map_err($error)
            }
            Err(error) => Err(error),
        };
        observed.ended(answer)
    }};
}

/// The same for either database. `SQLite`'s readers get what only reads.
macro_rules! run {
    ($pool:ident, $statement:ident, $verb:ident, $error:path) => {{
        refuse_in_transaction()?;
        match &$pool.connections {
            Connections::Postgres(keeper) => on!($pool, keeper, $statement, $verb, $error),
            Connections::Sqlite { readers, .. } if $statement.sql.starts_with("SELECT ") => {
                on!($pool, readers, $statement, $verb, $error)
            }
            Connections::Sqlite { writer, .. } => on!($pool, writer, $statement, $verb, $error),
        }
    }};
}

impl Pool {
    pub(crate) fn postgres(keeper: Arc<Keeper<Postgres>>, observer: &Arc<Observer>) -> Self {
        Self {
            connections: Connections::Postgres(keeper),
            observer: Arc::clone(observer),
            outage: Outage::default(),
        }
    }

    /// A pool that reads only has no other writer than its readers, which refuse to write.
    pub(crate) fn sqlite(
        writer: Arc<Keeper<Sqlite>>,
        readers: Arc<Keeper<Sqlite>>,
        observer: &Arc<Observer>,
    ) -> Self {
        Self {
            connections: Connections::Sqlite { writer, readers },
            observer: Arc::clone(observer),
            outage: Outage::default(),
        }
    }

    /// The same pool, which is away whenever `other` is.
    pub(crate) fn away_with(self, other: &Self) -> Self {
        Self {
            outage: other.outage.clone(),
            ..self
        }
    }

    pub(crate) fn outage(&self) -> &Outage {
        &self.outage
    }

    pub(crate) fn observer(&self) -> &Arc<Observer> {
        &self.observer
    }

    /// Opens a transaction. One round trip.
    ///
    /// On a task of its own: dropped while BEGIN is on the wire, sqlx 0.9 would hand the connection back inside an
    /// open transaction. Here an unwanted transaction is begun all the same, and rolled back (`P1`).
    pub(crate) async fn begin(&self, kind: TransactionKind) -> Result<Tx> {
        refuse_in_transaction().map_err(Error::from)?;
        match &self.connections {
            Connections::Postgres(keeper) => self.begin_on(keeper, kind.postgres()).await,
            Connections::Sqlite { writer, readers } => {
                let keeper = if kind.read_only { readers } else { writer };
                self.begin_on(keeper, kind.sqlite()).await
            }
        }
    }

    async fn begin_on<DB: Driver>(&self, keeper: &Arc<Keeper<DB>>, words: String) -> Result<Tx> {
        let mut call = self.observer.without_table(Verb::Begin);
        let (keeper, observer) = (Arc::clone(keeper), Arc::clone(&self.observer));
        let outage = self.outage.clone();
        let begun = to_its_end(async move {
            let answer = match lend(&outage, &keeper).await {
                Ok(lent) => {
                    call.connected();
                    let begun = Transaction::begin(lent, &words, observer).await;
                    begun.map_err(session::exec)
                }
                Err(error) => Err(error),
            };
            call.ended(answer)
        });
        Ok(Tx::over(Box::new(begun.await?)))
    }

    async fn script_on<DB: Driver>(
        &self,
        keeper: &Arc<Keeper<DB>>,
        sql: &str,
    ) -> DbResult<ExecResult> {
        let mut observed = self.observer.without_table(Verb::Script);
        let answer = match lend(&self.outage, keeper).await {
            Ok(mut lent) => {
                observed.connected();
                lent.script(sql).await.map_err(session::exec)
            }
            Err(error) => Err(error),
        };
        observed.ended(answer)
    }

    pub(crate) async fn close(&self) {
        match &self.connections {
            Connections::Postgres(keeper) => keeper.close().await,
            Connections::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
        }
    }

    /// Most connections, those at work, those at rest, and callers that wait for one; of the writer.
    pub(crate) fn usage(&self) -> (u32, u32, u32, usize) {
        match &self.connections {
            Connections::Postgres(keeper) => keeper.usage(),
            Connections::Sqlite { writer, .. } => writer.usage(),
        }
    }
}

/// A connection, unless the database was taken away.
async fn lend<DB: Driver>(outage: &Outage, keeper: &Arc<Keeper<DB>>) -> DbResult<Lent<DB>> {
    outage.refuse()?;
    keeper.lend().await.map_err(not_lent)
}

/// Why there is no connection, as sea-orm tells it.
fn not_lent(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    }
}

impl Executor for Pool {
    async fn begin_nested(&self) -> Result<Tx> {
        self.begin(TransactionKind::default()).await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Pool {
    fn get_database_backend(&self) -> DbBackend {
        match self.connections {
            Connections::Postgres(_) => DbBackend::Postgres,
            Connections::Sqlite { .. } => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> DbResult<ExecResult> {
        run!(self, statement, execute, session::exec)
    }

    async fn execute_unprepared(&self, sql: &str) -> DbResult<ExecResult> {
        refuse_in_transaction()?;
        match &self.connections {
            Connections::Postgres(keeper) => self.script_on(keeper, sql).await,
            Connections::Sqlite { writer, .. } => self.script_on(writer, sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> DbResult<Option<QueryResult>> {
        run!(self, statement, one, session::query)
    }

    async fn query_all_raw(&self, statement: Statement) -> DbResult<Vec<QueryResult>> {
        run!(self, statement, all, session::query)
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pool")
            .field(&self.get_database_backend())
            .finish_non_exhaustive()
    }
}
