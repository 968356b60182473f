//! One connection, on which migrators take turns.

#![expect(
    clippy::disallowed_types,
    reason = "migrations come before the pools of `service`, and not through them"
)]

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    DatabaseConnection, DbBackend, SqlxPostgresConnector, SqlxSqliteConnector, Statement,
};
use sqlx::pool::PoolOptions;
use sqlx::{Connection as _, PgConnection};

use crate::target::Target;
use crate::{Error, Migrator, Status};

/// Which lock migrators of one PostgreSQL database share: "rookery" in ASCII.
const LOCK_KEY: i64 = 0x0072_6f6f_6b65_7279;
/// Between two looks at a lock that another migrator holds.
const LOCK_POLL: Duration = Duration::from_millis(100);
/// After this long without an answer a server counts as away.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection of its own, never one through a pooler: a lock of PostgreSQL belongs to a session.
pub(crate) struct Session {
    db: DatabaseConnection,
    lock_path: Option<PathBuf>,
    lock_file: Option<File>,
}

impl Session {
    pub(crate) async fn open(target: Target) -> Result<Self, Error> {
        let lock_path = target.lock_file();
        let db = match target {
            Target::Postgres(options) => {
                // The pool would try again until its time is up and then not say why.
                let answer = PgConnection::connect_with(&options);
                match tokio::time::timeout(CONNECT_TIMEOUT, answer).await {
                    Ok(answer) => drop(answer.map_err(Error::Connect)?.close().await),
                    Err(_) => return Err(Error::Connect(sqlx::Error::PoolTimedOut)),
                }
                let pool = one().connect_with(*options).await.map_err(Error::Connect)?;
                SqlxPostgresConnector::from_sqlx_postgres_pool(pool)
            }
            Target::Sqlite(options) => {
                let pool = one().connect_with(*options).await.map_err(Error::Connect)?;
                SqlxSqliteConnector::from_sqlx_sqlite_pool(pool)
            }
        };
        Ok(Self {
            db,
            lock_path,
            lock_file: None,
        })
    }

    /// Waits until no other migrator is at work. Calling it again is cheap, and makes sure that
    /// the lock was not lost together with a connection.
    pub(crate) async fn lock(&mut self) -> Result<(), Error> {
        let mut told = false;
        // PostgreSQL could wait by itself, but a waiting statement holds a snapshot, and an index
        // that is made CONCURRENTLY under the lock waits for all snapshots: a deadlock.
        while !self.try_lock().await? {
            if !told {
                tracing::info!("another process migrates this database, waiting for it");
                told = true;
            }
            tokio::time::sleep(LOCK_POLL).await;
        }
        Ok(())
    }

    async fn try_lock(&mut self) -> Result<bool, Error> {
        let Some(path) = &self.lock_path else {
            let sql = "SELECT pg_try_advisory_lock($1) AS locked";
            let statement =
                Statement::from_sql_and_values(DbBackend::Postgres, sql, [LOCK_KEY.into()]);
            let row = self.db.query_one_raw(statement).await?;
            return Ok(row.is_some_and(|row| row.try_get("", "locked") == Ok(true)));
        };
        if self.lock_file.is_some() {
            return Ok(true);
        }
        let failed = |source| Error::Lock {
            path: path.clone(),
            source,
        };
        let file = File::create(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => self.lock_file = Some(file),
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        Ok(true)
    }

    /// What the database has. Creates nothing.
    pub(crate) async fn status(&self) -> Result<Status, Error> {
        if !self.manager().has_table("seaql_migrations").await? {
            return Ok(Status::of(Vec::new()));
        }
        let sql = "SELECT version FROM seaql_migrations ORDER BY version";
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        let rows = self.db.query_all_raw(statement).await?;
        let applied: Result<_, _> = rows.iter().map(|row| row.try_get("", "version")).collect();
        Ok(Status::of(applied?))
    }

    /// Applies everything that is pending and returns the names.
    pub(crate) async fn up(&mut self) -> Result<Vec<String>, Error> {
        self.lock().await?;
        let pending = self.status().await?.require_known()?.pending;
        for name in &pending {
            self.lock().await?;
            Migrator::up(&self.db, Some(1))
                .await
                .map_err(|source| failed(name, source))?;
        }
        Ok(pending)
    }

    /// Reverts the `steps` newest migrations, newest first, and returns the names.
    pub(crate) async fn down(&mut self, steps: u32) -> Result<Vec<String>, Error> {
        self.lock().await?;
        let applied = self.status().await?.require_known()?.applied;
        let newest = applied.into_iter().rev().take(steps as usize);
        let newest: Vec<_> = newest.collect();
        for name in &newest {
            self.lock().await?;
            Migrator::down(&self.db, Some(1))
                .await
                .map_err(|source| failed(name, source))?;
        }
        Ok(newest)
    }

    /// Drops every table, also those that no migration knows.
    pub(crate) async fn clear(&mut self) -> Result<(), Error> {
        self.lock().await?;
        Nothing::fresh(&self.db).await.map_err(Error::Clear)?;
        if self.lock_path.is_some() {
            // Which that switched on.
            let off = self.db.execute_unprepared("PRAGMA foreign_keys = OFF");
            off.await.map_err(Error::Clear)?;
        }
        Ok(())
    }

    /// Ends the connection, and with it the lock.
    pub(crate) async fn close(self) -> Result<(), Error> {
        Ok(self.db.close().await?)
    }

    pub(crate) fn manager(&self) -> SchemaManager<'_> {
        SchemaManager::new(&self.db)
    }
}

/// A migrator without migrations: where it starts afresh, nothing is left.
struct Nothing;

impl MigratorTrait for Nothing {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        Vec::new()
    }
}

fn one<D: sqlx::Database>() -> PoolOptions<D> {
    PoolOptions::new()
        .max_connections(1)
        .acquire_timeout(CONNECT_TIMEOUT)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

fn failed(name: &str, source: DbErr) -> Error {
    Error::Migration {
        name: name.to_owned(),
        source,
    }
}
