//! A PostgreSQL server for tests, and databases on it.
//!
//! The server is the one that `TEST_DATABASE_URL` names, with a user who may create databases. Without
//! it, one is started from the installed binaries; it is shared by all test processes that run at
//! about the same time and ends shortly after the last of them, however that came to its end.

mod databases;
#[cfg(unix)]
mod installed;
#[cfg(unix)]
mod keeper;
#[cfg(unix)]
mod own;
mod template;

use std::io::Write as _;
use std::panic::resume_unwind;
use std::sync::OnceLock;

use tokio::task::spawn_blocking;

use databases::Databases;
pub(crate) use databases::Dropped;
#[cfg(unix)]
pub use own::OwnServer;

use crate::FreshDatabase;
use crate::fresh::Guard;

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
enum Unavailable {
    #[cfg(unix)]
    #[error("PostgreSQL is not installed, and TEST_DATABASE_URL names no server")]
    NotInstalled,
    #[cfg(unix)]
    #[error("PostgreSQL did not start: {0}")]
    Start(String),
    #[cfg(unix)]
    #[error("PostgreSQL did not start within {0:?}")]
    Timeout(std::time::Duration),
    #[cfg(unix)]
    #[error("PostgreSQL cannot be started: {0}")]
    Io(#[from] std::io::Error),
    #[cfg(not(unix))]
    #[error("on this system no server is started; let TEST_DATABASE_URL name one")]
    System,
}

/// A server on which tests get databases of their own.
pub struct Server {
    databases: Databases,
    /// Held open for as long as this process lives; see `keeper.sh`.
    #[cfg(unix)]
    _user: Option<std::fs::File>,
}

impl Server {
    /// The server of this process, or nothing when none can be had: that is said on stderr once,
    /// loudly, and it is the caller's part to skip.
    ///
    /// # Panics
    /// When `TEST_DATABASE_URL` names a server that does not answer, and, with
    /// `ROOKERY_REQUIRE_POSTGRES=1`, when there is no server.
    pub async fn get() -> Option<&'static Self> {
        blocking(|| SERVER.get_or_init(Self::find).as_ref()).await
    }

    /// A database with the current schema: a clone of a template, about 30 ms.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn fresh_database(&'static self) -> FreshDatabase {
        self.database(true).await
    }

    /// A database without a schema.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn empty_database(&'static self) -> FreshDatabase {
        self.database(false).await
    }

    async fn database(&'static self, migrated: bool) -> FreshDatabase {
        let (url, dropped) = blocking(move || self.databases.create(migrated)).await;
        FreshDatabase::new(url, Guard::Database(dropped))
    }

    fn find() -> Option<Self> {
        if let Some(url) = variable("TEST_DATABASE_URL") {
            return Some(Self {
                databases: Databases::at(&url),
                #[cfg(unix)]
                _user: None,
            });
        }
        match Self::started() {
            Ok(server) => Some(server),
            Err(why) => {
                let required = variable("ROOKERY_REQUIRE_POSTGRES").is_some_and(|set| set == "1");
                assert!(!required, "PostgreSQL is required: {why}");
                // Not by `eprintln!`, which the test harness captures.
                let told = writeln!(std::io::stderr(), "PostgreSQL half did NOT run: {why}");
                drop(told);
                None
            }
        }
    }

    #[cfg(unix)]
    fn started() -> Result<Self, Unavailable> {
        let (url, user) = keeper::join()?;
        Ok(Self {
            databases: Databases::at(&url),
            _user: Some(user),
        })
    }

    #[cfg(not(unix))]
    fn started() -> Result<Self, Unavailable> {
        Err(Unavailable::System)
    }
}

/// Runs what blocks where it holds up no test, and panics as it does.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let done = spawn_blocking(work).await;
    done.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the settings belong to the bot, these two to its tests"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
