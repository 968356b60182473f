//! One connection in the hands of one caller.

use crate::{
    driver::Driver,
    keeper::{Keeper, Manners},
};
use sea_orm::{ExecResult, QueryResult, Statement};
use sqlx::{Connection as _, error::DatabaseError, pool::PoolConnection};
use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{runtime::Handle, sync::OwnedSemaphorePermit, time::timeout};

type Answer<T> = Result<T, sqlx::Error>;

/// How long a connection may take to come in order before it is closed, beyond what a statement may take.
const RECOVERY: Duration = Duration::from_secs(5);

/// What is known of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The last statement has completed.
    Clean,
    /// A statement is under way, or has failed: the answer may not have been read to its end.
    Unsure,
    /// It cannot be used again.
    Broken,
}

/// A connection with the turn to use it. Dropping it gives both back, whatever state they are in.
pub(crate) struct Lent<DB: Driver> {
    keeper: Arc<Keeper<DB>>,
    /// Taken out when it is given back only.
    held: Option<Held<DB>>,
    /// Transaction and savepoints that are open.
    depth: usize,
}

struct Held<DB: Driver> {
    connection: PoolConnection<DB>,
    /// When it came from sqlx.
    taken: Instant,
    turn: Option<OwnedSemaphorePermit>,
    state: State,
}

impl<DB: Driver> Lent<DB> {
    pub(crate) fn new(
        keeper: Arc<Keeper<DB>>,
        connection: PoolConnection<DB>,
        taken: Instant,
        turn: Option<OwnedSemaphorePermit>,
    ) -> Self {
        Self {
            keeper,
            held: Some(Held {
                connection,
                taken,
                turn,
                state: State::Clean,
            }),
            depth: 0,
        }
    }

    pub(crate) async fn execute(&mut self, statement: Statement) -> Answer<ExecResult> {
        let (connection, limit) = self.start()?;
        let answer = within(limit, DB::execute(connection, statement)).await;
        self.finish(answer)
    }

    pub(crate) async fn script(&mut self, sql: &str) -> Answer<ExecResult> {
        let (connection, limit) = self.start()?;
        let answer = within(limit, DB::script(connection, sql)).await;
        self.finish(answer)
    }

    pub(crate) async fn one(&mut self, statement: Statement) -> Answer<Option<QueryResult>> {
        let (connection, limit) = self.start()?;
        let answer = within(limit, DB::one(connection, statement)).await;
        self.finish(answer)
    }

    pub(crate) async fn all(&mut self, statement: Statement) -> Answer<Vec<QueryResult>> {
        let (connection, limit) = self.start()?;
        let answer = within(limit, DB::all(connection, statement)).await;
        self.finish(answer)
    }

    pub(crate) async fn copy_in(&mut self, sql: &str, rows: Vec<u8>) -> Answer<u64> {
        let (connection, limit) = self.start()?;
        let answer = within(limit, DB::copy_in(connection, sql, rows)).await;
        self.finish(answer)
    }

    /// Whether a connection that has rested is still good.
    pub(crate) async fn is_fit(&mut self) -> bool {
        let writer = self.keeper.manners.writer;
        let Ok((connection, limit)) = self.start() else {
            return false;
        };
        let answer = within(limit, DB::is_fit(connection, writer)).await;
        self.finish(answer).unwrap_or(false)
    }

    /// Closes the connection and keeps the turn.
    pub(crate) fn discard(mut self) -> Option<OwnedSemaphorePermit> {
        let held = self.held.take()?;
        drop(held.connection.detach());
        held.turn
    }

    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    pub(crate) fn set_depth(&mut self, depth: usize) {
        self.depth = depth;
    }

    fn start(&mut self) -> Answer<(&mut DB::Connection, Option<Duration>)> {
        let limit = self.keeper.manners.answer;
        let held = self.held.as_mut().ok_or(sqlx::Error::PoolClosed)?;
        held.state = State::Unsure;
        Ok((&mut *held.connection, limit))
    }

    fn finish<T>(&mut self, answer: Answer<T>) -> Answer<T> {
        let state = match &answer {
            Ok(_) => State::Clean,
            Err(error) if is_end(error) => {
                self.keeper.distrust();
                State::Broken
            }
            Err(error) if is_stale(error) => State::Broken,
            Err(_) => State::Unsure,
        };
        if let Some(held) = &mut self.held {
            held.state = state;
        }
        answer
    }
}

/// Waits for an answer. A server that is gone without a word is found out in no other way.
async fn within<T>(limit: Option<Duration>, answer: impl Future<Output = Answer<T>>) -> Answer<T> {
    match limit {
        None => answer.await,
        Some(limit) => match timeout(limit, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(sqlx::Error::Io(io::ErrorKind::TimedOut.into())),
        },
    }
}

/// Whether nothing more will come over a connection after this error.
fn is_end(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::WorkerCrashed => true,
        // Shutdown, crash, start; ended for idling in a transaction; a primary that was demoted.
        sqlx::Error::Database(told) => matches!(
            told.code().as_deref(),
            Some("57P01" | "57P02" | "57P03" | "25P03" | "25006")
        ),
        _ => false,
    }
}

/// Whether the statements that a connection has prepared are of no use any more: a table has changed, or a pooler
/// has passed the session on.
fn is_stale(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    matches!(code.as_deref(), Some("0A000" | "26000" | "42P05"))
}

impl<DB: Driver> Drop for Lent<DB> {
    fn drop(&mut self) {
        let Some(mut held) = self.held.take() else {
            return;
        };
        if held.state == State::Clean && self.depth == 0 {
            match self.keeper.put(held.connection, held.taken) {
                None => return,
                Some(connection) => held.connection = connection,
            }
        }
        match Handle::try_current() {
            Ok(runtime) if held.state != State::Broken => {
                let manners = self.keeper.manners;
                drop(runtime.spawn(recover(held, self.depth > 0, manners)));
            }
            // Without a runtime, or a server, there is nobody to talk to.
            _ => drop(held.connection.detach()),
        }
    }
}

/// Reads what is still to come, ends an open transaction, and gives the connection back to sqlx. The turn ends when
/// that is done.
async fn recover<DB: Driver>(mut held: Held<DB>, in_transaction: bool, manners: Manners) {
    let recovery = async {
        let connection = &mut *held.connection;
        if in_transaction {
            DB::script(connection, "ROLLBACK").await.map(drop)
        } else {
            connection.ping().await
        }
    };
    let limit = manners.answer.map(|answer| answer + RECOVERY);
    if within(limit, recovery).await.is_err() {
        drop(held.connection.detach());
    }
}
