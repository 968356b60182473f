//! What a database is reached by.

use std::{fmt, time::Duration};

/// How to reach a database and how to treat it.
///
/// `Debug` shows no URL: one may hold a password.
#[derive(Clone)]
pub struct Options {
    /// `sqlite://path/to/file` or `postgres://user:password@host/name`.
    pub url: String,
    /// A replica for lists, statistics and exports; the writer serves them without one.
    pub read_url: Option<String>,
    /// A connection that goes around a pooler such as `PgBouncer`, for migrations.
    pub direct_url: Option<String>,
    /// Most connections of each pool. The `SQLite` writer is always one.
    pub pool_max: u32,
    /// How long a caller waits for a connection before [`controllers::Error::PoolTimeout`].
    pub acquire_timeout: Duration,
    /// The server's own bound on a statement (`PostgreSQL`), sent when connecting; `None` behind a pooler, which
    /// refuses it: set it with ALTER ROLE there.
    pub statement_timeout: Option<Duration>,
    /// How long a server may stay silent before its connection counts as lost ([`controllers::Error::Connection`]).
    /// Longer than a statement may take. `SQLite` has no server.
    pub answer_timeout: Duration,
    /// Calls that take longer, the wait for a connection included, are logged and listed by
    /// [`Database::slow_queries`](crate::Database::slow_queries).
    pub slow: Duration,
    /// Whether connecting brings the schema up to date; otherwise pending migrations are an error.
    pub migrate: bool,
}

impl Options {
    /// The defaults, for a URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            read_url: None,
            direct_url: None,
            pool_max: 10,
            acquire_timeout: Duration::from_secs(2),
            statement_timeout: Some(Duration::from_secs(30)),
            answer_timeout: Duration::from_secs(45),
            slow: Duration::from_millis(500),
            migrate: true,
        }
    }

    /// The URL that migrations use.
    pub(crate) fn direct(&self) -> &str {
        self.direct_url.as_deref().unwrap_or(&self.url)
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("pool_max", &self.pool_max)
            .field("acquire_timeout", &self.acquire_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .field("answer_timeout", &self.answer_timeout)
            .field("slow", &self.slow)
            .field("migrate", &self.migrate)
            .finish_non_exhaustive()
    }
}
