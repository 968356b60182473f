//! Why a database could not be opened.

use controllers::Error as Data;

/// What can go wrong before the first statement.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The URL names no database that Rookery knows.
    #[error("the database URL must begin with sqlite: or postgres:")]
    Scheme,
    /// The URL cannot be read.
    #[error("the database URL cannot be read")]
    Url(#[source] sqlx::Error),
    /// The database did not answer.
    #[error("the database cannot be reached")]
    Unreachable(#[source] Data),
    /// The schema could not be brought up to date.
    #[error(transparent)]
    Migration(#[from] migration::Error),
    /// Migrations are pending and connecting may not apply them.
    #[error(
        "{0} migrations are pending; run `cargo run -p migration -- up` or allow migrating at start"
    )]
    Pending(usize),
}

impl Error {
    /// Whether waiting and trying again may help: the database is away, not wrong.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unreachable(error) if error.is_unavailable())
            || matches!(self, Self::Migration(error) if error.is_unavailable())
    }

    /// Whether the schema is not the one that this binary was made for.
    pub fn is_schema(&self) -> bool {
        matches!(
            self,
            Self::Pending(_) | Self::Migration(migration::Error::Newer { .. })
        )
    }
}
