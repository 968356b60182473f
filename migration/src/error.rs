//! Why the schema could not be changed or read.

use std::path::PathBuf;

use sea_orm_migration::sea_orm::{DbErr, RuntimeErr};
use sqlx::error::DatabaseError;

/// What can go wrong between a database and its migrations. No message contains the URL, which may
/// hold a password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The URL names no kind of database that Rookery knows.
    #[error("the database URL must begin with sqlite: or postgres:")]
    Scheme,
    /// The URL cannot be read.
    #[error("the database URL cannot be read")]
    Url(#[source] sqlx::Error),
    /// A database in memory would be gone with the connection of the migrator.
    #[error("a database in memory cannot be migrated from outside; give a file")]
    InMemory,
    /// The folder of the SQLite file could not be created.
    #[error("cannot create the folder {} of the database file", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file that keeps migrators of a SQLite file apart cannot be locked.
    #[error("cannot lock {}", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// No connection: the database is away, or refuses this user.
    #[error("cannot connect to the database")]
    Connect(#[source] sqlx::Error),
    /// The schema was made by a newer release; an older one must not touch it.
    #[error(
        "the database was migrated by a newer release (unknown: {}); run that release, or restore a backup made before it",
        unknown.join(", ")
    )]
    Newer {
        /// The migrations that this binary does not know.
        unknown: Vec<String>,
    },
    /// A migration failed and left nothing behind; those before it stay applied.
    #[error("migration {name} failed")]
    Migration {
        /// Its name.
        name: String,
        /// What the database said.
        #[source]
        source: DbErr,
    },
    /// The tables could not be dropped.
    #[error("cannot drop the tables")]
    Clear(#[source] DbErr),
    /// The list of migrations in the database could not be read or written.
    #[error("the state of the migrations cannot be read or written")]
    State(#[from] DbErr),
}

impl Error {
    /// Whether waiting and trying again may help: the database cannot be reached, rather than
    /// being wrong.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Connect(error) => is_away(error),
            Self::Migration { source, .. } | Self::Clear(source) | Self::State(source) => {
                match source {
                    DbErr::Conn(RuntimeErr::SqlxError(error))
                    | DbErr::Exec(RuntimeErr::SqlxError(error))
                    | DbErr::Query(RuntimeErr::SqlxError(error)) => is_away(error),
                    DbErr::ConnectionAcquire(_) => true,
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => is_temporary(error.as_ref()),
        _ => false,
    }
}

/// Connection exceptions, a server that starts, stops or is full; a busy SQLite file.
fn is_temporary(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    code.starts_with("08") || matches!(&*code, "57P01" | "57P02" | "57P03" | "53300" | "5" | "261")
}
