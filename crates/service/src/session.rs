//! A transaction on a lent connection.

use crate::{
    driver::Driver,
    lent::Lent,
    observe::{Observed, Observer, Verb},
};
use controllers::Session;
use sea_orm::{DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use std::sync::Arc;

type DbResult<T> = Result<T, DbErr>;

/// The connection of one [`controllers::Tx`].
pub(crate) struct Transaction<DB: Driver> {
    lent: Lent<DB>,
    /// As deep as its owner thinks; the connection is deeper while a rollback is owed.
    depth: usize,
    /// Whether the savepoint that was rolled back to is still there, under the name that the next one will have.
    leftover: bool,
    observer: Arc<Observer>,
}

impl<DB: Driver> Transaction<DB> {
    /// BEGIN in the given words. One round trip.
    pub(crate) async fn begin(
        mut lent: Lent<DB>,
        words: &str,
        observer: Arc<Observer>,
    ) -> Result<Self, sqlx::Error> {
        // Should the answer not arrive, the connection is taken for one inside a transaction.
        lent.set_depth(1);
        lent.script(words).await?;
        Ok(Self {
            lent,
            depth: 1,
            leftover: false,
            observer,
        })
    }

    fn observe(&self, verb: Verb) -> Observed {
        self.observer.without_table(verb).on_connection()
    }

    fn observe_statement(&self, statement: &Statement) -> Observed {
        let observed = self.observer.statement(&statement.sql);
        observed.on_connection()
    }

    /// Undoes what was dropped without a word.
    async fn settle(&mut self) -> DbResult<()> {
        if self.lent.depth() > self.depth {
            self.roll_back_to(self.depth).await.map_err(exec)?;
        }
        Ok(())
    }

    /// Sent again after its caller went away in the middle, it does the same once more. (A RELEASE would not.)
    async fn roll_back_to(&mut self, depth: usize) -> Result<(), sqlx::Error> {
        let sql = match depth {
            0 => "ROLLBACK".to_owned(),
            _ => format!("ROLLBACK TO SAVEPOINT s{depth}"),
        };
        self.lent.script(&sql).await?;
        self.lent.set_depth(depth);
        self.leftover = true;
        Ok(())
    }
}

pub(crate) fn exec(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

pub(crate) fn query(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

#[async_trait::async_trait]
impl<DB: Driver> Session for Transaction<DB> {
    fn backend(&self) -> DbBackend {
        DB::BACKEND
    }

    fn depth(&self) -> usize {
        self.depth
    }

    async fn execute(&mut self, statement: Statement) -> DbResult<ExecResult> {
        self.settle().await?;
        let observed = self.observe_statement(&statement);
        observed.ended(self.lent.execute(statement).await.map_err(exec))
    }

    async fn execute_unprepared(&mut self, sql: &str) -> DbResult<ExecResult> {
        self.settle().await?;
        let observed = self.observe(Verb::Script);
        observed.ended(self.lent.script(sql).await.map_err(exec))
    }

    async fn query_one(&mut self, statement: Statement) -> DbResult<Option<QueryResult>> {
        self.settle().await?;
        let observed = self.observe_statement(&statement);
        observed.ended(self.lent.one(statement).await.map_err(query))
    }

    async fn query_all(&mut self, statement: Statement) -> DbResult<Vec<QueryResult>> {
        self.settle().await?;
        let observed = self.observe_statement(&statement);
        observed.ended(self.lent.all(statement).await.map_err(query))
    }

    async fn copy_in(&mut self, sql: &str, rows: Vec<u8>) -> DbResult<u64> {
        self.settle().await?;
        let observed = self.observe(Verb::Copy);
        observed.ended(self.lent.copy_in(sql, rows).await.map_err(exec))
    }

    async fn savepoint(&mut self) -> DbResult<()> {
        self.settle().await?;
        let observed = self.observe(Verb::Savepoint);
        let name = format!("s{}", self.depth);
        let sql = if self.leftover {
            // Else failed attempts would pile up.
            format!("RELEASE SAVEPOINT {name}; SAVEPOINT {name}")
        } else {
            format!("SAVEPOINT {name}")
        };
        observed.ended(self.lent.script(&sql).await.map_err(exec))?;
        self.leftover = false;
        self.depth += 1;
        self.lent.set_depth(self.depth);
        Ok(())
    }

    async fn commit(&mut self) -> DbResult<()> {
        self.settle().await?;
        let (verb, sql) = match self.depth - 1 {
            0 => (Verb::Commit, "COMMIT".to_owned()),
            outer => (Verb::Release, format!("RELEASE SAVEPOINT s{outer}")),
        };
        let observed = self.observe(verb);
        observed.ended(self.lent.script(&sql).await.map_err(exec))?;
        self.leftover = false;
        self.depth -= 1;
        self.lent.set_depth(self.depth);
        Ok(())
    }

    async fn rollback(&mut self) -> DbResult<()> {
        let observed = self.observe(Verb::Rollback);
        observed.ended(self.roll_back_to(self.depth - 1).await.map_err(exec))?;
        self.depth -= 1;
        Ok(())
    }

    fn start_rollback(&mut self) {
        self.depth -= 1;
    }
}
