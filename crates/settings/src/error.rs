//! What can be wrong with the settings. No message contains a value, because it may be a secret.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::Origin;

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The configuration file cannot be read.
    #[error("cannot read the configuration file {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The configuration file is not TOML.
    #[error("{} is not valid TOML at line {line}, column {column}: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What the parser expected; without the text of the line, which may hold a secret.
        message: String,
    },
    /// Some settings are wrong; all of them are listed.
    #[error("{}", Listed(.0))]
    Invalid(Vec<Problem>),
}

/// One thing that is wrong with the settings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing reads this key of the configuration file.
    #[error("unknown setting `{key}` in {}{}", path.display(), hint(suggestion.as_deref()))]
    UnknownKey {
        /// The key as it was written.
        key: String,
        /// The configuration file.
        path: PathBuf,
        /// The key that was probably meant.
        suggestion: Option<String>,
    },
    /// Nothing reads this variable, although it begins with `ROOKERY__`.
    #[error("unknown setting in the environment: `{name}`{}", hint(suggestion.as_deref()))]
    UnknownVariable {
        /// The variable.
        name: String,
        /// The variable that was probably meant.
        suggestion: Option<String>,
    },
    /// The value is of another kind, or out of range.
    #[error("`{key}` in {origin}: expected {expected}, found {found}")]
    Unfit {
        /// The key.
        key: &'static str,
        /// Where the value is.
        origin: Origin,
        /// What would be right.
        expected: &'static str,
        /// The kind of value that is there.
        found: &'static str,
    },
    /// Two variables set the same key.
    #[error("`{key}` is set by both {short} and {long}: keep one of them")]
    SetTwice {
        /// The key.
        key: &'static str,
        /// The variable with the short name.
        short: String,
        /// The variable with the systematic name.
        long: String,
    },
    /// The file that should hold a secret cannot be read.
    #[error("`{key}`: cannot read the secret from {}: {source}", path.display())]
    SecretFile {
        /// The key of the secret.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The value of a variable that Rookery reads is not UTF-8.
    #[error("the environment variable {name} is not valid UTF-8")]
    NotUnicode {
        /// The variable.
        name: String,
    },
}

struct Listed<'a>(&'a [Problem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

fn hint(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}
