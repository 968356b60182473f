//! `[database]`: where the data is, and how the pool behaves.

use std::time::Duration;

use super::section;
use crate::{Secret, Timeout};

section! {
    /// Where the data is, and how the pool behaves.
    pub struct Database("database.") {
        /// `sqlite://path/to/file.db` (created when missing) or `postgres://user:password@host/name`.
        url: Secret = Secret::new("sqlite://data/rookery.db"), env "DATABASE_URL";
        /// A read replica of the same database, for lists and reports.
        read_url: Option<Secret> = None;
        /// The server itself, for migrations and listeners, where `url` is a pooler such as PgBouncer.
        direct_url: Option<Secret> = None;
        /// The most connections that one process holds.
        pool_max: u32 = 10, only "a whole number from 1 to 1000" if |n| (1..=1000).contains(n);
        /// How long a caller waits for a free connection.
        acquire_timeout: Duration = Duration::from_secs(2);
        /// PostgreSQL ends a statement that runs longer. `"off"` where a pooler refuses the option, as PgBouncer does.
        statement_timeout: Timeout = Timeout::After(Duration::from_secs(30));
        /// How long the server may be silent before its connection counts as lost. Longer than `statement_timeout`.
        answer_timeout: Duration = Duration::from_secs(45);
        /// Calls that take longer, the wait for a connection included, are logged and listed.
        slow: Duration = Duration::from_millis(500);
        /// Bring the schema up to date when the bot starts. When false, an old schema is an error.
        migrate: bool = true;
    }
}
