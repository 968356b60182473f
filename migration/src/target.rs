//! The database that a URL names.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use crate::Error;

/// How long a migration waits for a lock that the running application holds. Everything that comes
/// after a waiting ALTER TABLE waits too, so it gives up rather soon.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database, not connected to yet.
#[derive(Clone)]
pub(crate) enum Target {
    Postgres(Box<PgConnectOptions>),
    Sqlite(Box<SqliteConnectOptions>),
}

impl Target {
    pub(crate) fn parse(url: &str) -> Result<Self, Error> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let patience = format!("{}ms", PATIENCE.as_millis());
            let options = PgConnectOptions::from_str(url)
                .map_err(Error::Url)?
                .application_name("rookery migration")
                .options([
                    ("statement_timeout", "0"),
                    ("lock_timeout", patience.as_str()),
                ])
                .disable_statement_logging();
            Ok(Self::Postgres(Box::new(options)))
        } else if url.starts_with("sqlite:") {
            if url.contains(":memory:") || url.contains("mode=memory") {
                return Err(Error::InMemory);
            }
            let options = SqliteConnectOptions::from_str(url)
                .map_err(Error::Url)?
                .busy_timeout(PATIENCE)
                // A table that others refer to can only be changed by replacing it; `Whole` checks.
                .foreign_keys(false)
                .disable_statement_logging();
            Ok(Self::Sqlite(Box::new(options)))
        } else {
            Err(Error::Scheme)
        }
    }

    /// The name of the PostgreSQL database, or of the SQLite file.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Postgres(options) => options
                .get_database()
                .unwrap_or_else(|| options.get_username())
                .to_owned(),
            Self::Sqlite(options) => {
                let name = options.get_filename().file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            }
        }
    }

    /// Whether there is nothing yet that could be connected to without creating it.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Sqlite(options) if !options.get_filename().exists())
    }

    /// The same database, created when it is connected to. PostgreSQL databases are created by
    /// their administrator.
    pub(crate) fn create(self) -> Result<Self, Error> {
        let Self::Sqlite(options) = self else {
            return Ok(self);
        };
        let folder = options.get_filename().parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).map_err(|source| Error::Folder {
            path: folder.to_owned(),
            source,
        })?;
        Ok(Self::Sqlite(Box::new(options.create_if_missing(true))))
    }

    /// The file beside a SQLite file that keeps its migrators apart.
    pub(crate) fn lock_file(&self) -> Option<PathBuf> {
        let Self::Sqlite(options) = self else {
            return None;
        };
        let mut path = options.get_filename().as_os_str().to_owned();
        path.push(".migrate.lock");
        Some(path.into())
    }
}
