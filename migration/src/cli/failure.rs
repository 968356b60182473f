//! What the command line says and exits with when something failed.

use std::error::Error as _;
use std::fmt;
use std::process::ExitCode;

use super::consent::Refused;
use super::generate::NotGenerated;

/// Any failure of the command line. Shown with its causes and what to do about it, in one line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    Settings(#[from] settings::Error),
    Schema(#[from] migration::Error),
    Refused(#[from] Refused),
    Generate(#[from] NotGenerated),
}

impl Failure {
    /// The exit code, the same as those of `rookery`.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Refused(_) | Self::Generate(NotGenerated::Name) => 2,
            Self::Settings(_) => 3,
            Self::Schema(error) if error.is_unavailable() => 4,
            Self::Schema(migration::Error::Newer { .. }) => 5,
            Self::Schema(_) | Self::Generate(_) => 1,
        })
    }

    /// What to do, where the failure does not say so itself.
    fn next_step(&self) -> Option<&'static str> {
        use migration::Error;

        match self {
            Self::Schema(error) if error.is_unavailable() => {
                Some("start it, or correct `database.url` (DATABASE_URL)")
            }
            Self::Schema(Error::Connect(_)) => Some(
                "the database and its user must exist; or correct `database.url` (DATABASE_URL)",
            ),
            Self::Schema(Error::Scheme | Error::Url(_) | Error::InMemory) => {
                Some("correct `database.url` (DATABASE_URL)")
            }
            Self::Schema(Error::Migration { .. }) => {
                Some("nothing of it was kept: remove the cause and run the command again")
            }
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What sqlx says repeats its own causes.
        let mut text = String::new();
        let mut cause = self.source();
        while let Some(error) = cause {
            let said = error.to_string();
            if !text.contains(&said) {
                text += if text.is_empty() { "" } else { ": " };
                text += &said;
            }
            cause = error.source();
        }
        f.write_str(&text)?;
        match self.next_step() {
            Some(step) => write!(f, "; {step}"),
            None => Ok(()),
        }
    }
}
