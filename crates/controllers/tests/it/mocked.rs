//! What no real database does on demand: answers in another order, rows that vanish between two
//! statements, connections that break at the worst moment.

#![expect(
    clippy::disallowed_types,
    reason = "a mocked connection is a connection to sea-orm"
)]

use controllers::{
    Bulk, Clock, Conflict, Crud, Db, Error, Executor, Repo, Result, Session, Tx, Upsert, Upserted,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr,
    ExecResult, IntoActiveModel, MockDatabase, QueryResult, RuntimeErr, Statement, prelude::Uuid,
};
use std::sync::{Arc, Mutex};
use test_support::NOON;

use crate::specimen::{ActiveModel, Column, Entity, Model, named, specimens};

/// An executor over scripted answers, which remembers what it was asked.
#[derive(Clone)]
struct Mocked {
    answers: DatabaseConnection,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Mocked {
    fn over(mock: MockDatabase) -> Self {
        Self {
            answers: mock.into_connection(),
            asked: Arc::default(),
        }
    }

    fn answering(answers: impl IntoIterator<Item = Vec<Model>>) -> Self {
        Self::over(MockDatabase::new(DbBackend::Postgres).append_query_results(answers))
    }

    fn repo<'c>(&'c self, clock: &'c Clock) -> Repo<'c, Entity, Self> {
        specimens(Db::new(self, clock).guild(7))
    }

    /// The first words of everything it was asked.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn note(&self, sql: &str) {
        let word = sql.split(' ').next().unwrap_or_default();
        self.asked.lock().unwrap().push(word.to_owned());
    }
}

impl Executor for Mocked {
    async fn begin_nested(&self) -> Result<Tx> {
        self.note("BEGIN");
        Ok(Tx::over(Box::new(Transaction {
            on: self.clone(),
            depth: 1,
        })))
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Mocked {
    fn get_database_backend(&self) -> DbBackend {
        self.answers.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.note(&statement.sql);
        self.answers.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(sql);
        self.answers.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(&statement.sql);
        self.answers.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(&statement.sql);
        self.answers.query_all_raw(statement).await
    }
}

/// A transaction over the same answers.
struct Transaction {
    on: Mocked,
    depth: usize,
}

#[async_trait::async_trait]
impl Session for Transaction {
    fn backend(&self) -> DbBackend {
        self.on.get_database_backend()
    }

    fn depth(&self) -> usize {
        self.depth
    }

    async fn execute(&mut self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.on.execute_raw(statement).await
    }

    async fn execute_unprepared(&mut self, sql: &str) -> Result<ExecResult, DbErr> {
        self.on.execute_unprepared(sql).await
    }

    async fn query_one(&mut self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.on.query_one_raw(statement).await
    }

    async fn query_all(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.on.query_all_raw(statement).await
    }

    async fn copy_in(&mut self, _: &str, _: Vec<u8>) -> Result<u64, DbErr> {
        self.on.note("COPY");
        Ok(0)
    }

    async fn savepoint(&mut self) -> Result<(), DbErr> {
        self.on.note("SAVEPOINT");
        self.depth += 1;
        Ok(())
    }

    async fn commit(&mut self) -> Result<(), DbErr> {
        self.on.note("COMMIT");
        self.depth -= 1;
        Ok(())
    }

    async fn rollback(&mut self) -> Result<(), DbErr> {
        self.start_rollback();
        Ok(())
    }

    fn start_rollback(&mut self) {
        self.on.note("ROLLBACK");
        self.depth -= 1;
    }
}

fn row(n: u128) -> Model {
    Model {
        guild_id: 7,
        id: Uuid::from_u128(n),
        name: format!("owl {n}"),
        weight: 0,
        legs: 4,
        seen_at: None,
        created_at: NOON,
        updated_at: NOON,
        deleted_at: None,
        version: 1,
    }
}

fn draft(n: u128) -> ActiveModel {
    ActiveModel {
        id: Set(Uuid::from_u128(n)),
        ..named(format!("owl {n}"))
    }
}

fn heavier(row: Model) -> ActiveModel {
    ActiveModel {
        weight: Set(1),
        ..row.into_active_model()
    }
}

fn by_name() -> Conflict<Entity> {
    Conflict::on([Column::GuildId, Column::Name])
        .only_where(Column::DeletedAt.is_null())
        .updating([Column::Weight])
}

#[tokio::test]
async fn rows_are_in_the_order_of_their_drafts_in_whatever_order_they_come_back() {
    let clock = Clock::standing_at(NOON);
    let mocked = Mocked::answering([vec![row(3), row(1), row(2)]]);
    let rows = mocked.repo(&clock).insert_many([1, 2, 3].map(draft)).await;
    assert_eq!(rows.unwrap(), [1, 2, 3].map(row));

    let updated = |n| Model {
        version: 2,
        ..row(n)
    };
    let mocked = Mocked::answering([vec![updated(3), row(1)], vec![row(2)]]);
    let drafts = [1, 2, 3].map(draft);
    let outcomes = mocked.repo(&clock).upsert_many(drafts, by_name()).await;
    let expected = [
        Upserted::Created(row(1)),
        Upserted::Unchanged(row(2)),
        Upserted::Updated(updated(3)),
    ];
    assert_eq!(outcomes.unwrap(), expected);
}

#[tokio::test]
async fn a_row_that_vanishes_between_two_statements_is_a_reason_to_try_again() {
    let clock = Clock::standing_at(NOON);
    let nothing = || Mocked::answering([vec![], vec![]]);
    let mocked = nothing();
    let upserted = mocked.repo(&clock).upsert(draft(1), by_name()).await;
    assert!(upserted.unwrap_err().is_retryable());
    let mocked = nothing();
    let got = mocked.repo(&clock).get_or_create(draft(1), by_name()).await;
    assert!(got.unwrap_err().is_retryable());
    let mocked = nothing();
    let many = mocked.repo(&clock).upsert_many([draft(1)], by_name()).await;
    assert!(many.unwrap_err().is_retryable());
}

#[tokio::test]
async fn of_many_updates_the_first_row_that_did_not_answer_is_told() {
    let clock = Clock::standing_at(NOON);
    let drafts = || [1, 2, 3].map(|n| heavier(row(n)));
    let key = |n: u128| format!("(7, '{}')", Uuid::from_u128(n));
    let mocked = Mocked::answering([vec![row(3), row(1)], vec![row(2)]]);
    let stale = mocked.repo(&clock).update_many(drafts()).await.unwrap_err();
    assert!(
        matches!(&stale, Error::Stale { key: told, .. } if *told == key(2)),
        "{stale:?}"
    );
    let asked = ["BEGIN", "UPDATE", "ROLLBACK", "SELECT"];
    assert_eq!(mocked.asked(), asked);

    let mocked = Mocked::answering([vec![row(1)], vec![]]);
    let missing = mocked.repo(&clock).update_many(drafts()).await.unwrap_err();
    assert!(
        matches!(&missing, Error::NotFound { key: told, .. } if *told == key(2)),
        "{missing:?}"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_in_the_middle_is_told_and_nothing_is_committed() {
    let clock = Clock::standing_at(NOON);
    let broken = || {
        let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        DbErr::Query(RuntimeErr::SqlxError(Arc::new(sqlx::Error::Io(reset))))
    };
    let first: Vec<_> = (0..1_000).map(row).collect();
    let mock = MockDatabase::new(DbBackend::Postgres)
        .append_query_results([first])
        .append_query_errors([broken()]);
    let mocked = Mocked::over(mock);
    let drafts = (0..2_500).map(draft);
    let error = mocked.repo(&clock).insert_many(drafts).await.unwrap_err();
    assert!(matches!(error, Error::Connection(_)), "{error:?}");
    let asked = ["BEGIN", "INSERT", "INSERT", "ROLLBACK"];
    assert_eq!(mocked.asked(), asked, "two of three statements");

    let mock = MockDatabase::new(DbBackend::Postgres).append_query_errors([broken()]);
    let mocked = Mocked::over(mock);
    let error = mocked
        .repo(&clock)
        .find((7, Uuid::nil()))
        .await
        .unwrap_err();
    assert!(error.is_unavailable() && error.is_retryable(), "{error:?}");
}
