//! What a database has of the migrations of this binary.

use crate::Error;

/// The migrations by what is known of them, each list in the order of application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// In the database and in this binary.
    pub applied: Vec<String>,
    /// In this binary only.
    pub pending: Vec<String>,
    /// In the database only: a newer release was here.
    pub unknown: Vec<String>,
}

impl Status {
    /// Compares the names found in a database with those of this binary.
    pub fn of(applied: Vec<String>) -> Self {
        let names = crate::names();
        let pending = names.iter().filter(|name| !applied.contains(name));
        let pending = pending.cloned().collect();
        let (applied, unknown) = applied.into_iter().partition(|name| names.contains(name));
        Self {
            applied,
            pending,
            unknown,
        }
    }

    /// Refuses a schema that is newer than this binary.
    ///
    /// # Errors
    /// [`Error::Newer`] when something is unknown.
    pub fn require_known(self) -> Result<Self, Error> {
        if self.unknown.is_empty() {
            return Ok(self);
        }
        Err(Error::Newer {
            unknown: self.unknown,
        })
    }
}
