//! An executor that remembers the statements it was asked to run.

use controllers::{Executor, Result, Tx};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use service::Pool;
use std::sync::Mutex;

/// Hands everything on to a pool.
pub(crate) struct Recorder<'p> {
    pool: &'p Pool,
    statements: Mutex<Vec<Statement>>,
}

impl<'p> Recorder<'p> {
    pub(crate) fn over(pool: &'p Pool) -> Self {
        Self {
            pool,
            statements: Mutex::default(),
        }
    }

    /// The statements since the last look.
    pub(crate) fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut self.statements.lock().unwrap())
    }

    /// How the database would run a statement, with its own values.
    pub(crate) async fn plan(&self, mut statement: Statement) -> String {
        let sqlite = self.get_database_backend() == DbBackend::Sqlite;
        let (explain, column) = if sqlite {
            ("EXPLAIN QUERY PLAN", "detail")
        } else {
            ("EXPLAIN (COSTS OFF)", "QUERY PLAN")
        };
        statement.sql = format!("{explain} {}", statement.sql);
        let lines = self.pool.query_all_raw(statement).await.unwrap();
        let lines = lines.iter().map(|line| line.try_get("", column).unwrap());
        lines.collect::<Vec<String>>().join("\n")
    }

    fn note(&self, statement: &Statement) {
        self.statements.lock().unwrap().push(statement.clone());
    }
}

impl Executor for Recorder<'_> {
    async fn begin_nested(&self) -> Result<Tx> {
        self.pool.begin_nested().await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Recorder<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.note(&statement);
        self.pool.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(&Statement::from_string(self.get_database_backend(), sql));
        self.pool.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(&statement);
        self.pool.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(&statement);
        self.pool.query_all_raw(statement).await
    }
}
