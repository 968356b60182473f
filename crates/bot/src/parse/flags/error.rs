//! What can be wrong with flags.

use super::Kind;
use crate::text::{Message, code};

/// Why the flags of a command cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlagError {
    /// The command has no such flag.
    Unknown {
        /// The name, without dashes.
        name: String,
        /// Names that were probably meant.
        suggestions: Vec<&'static str>,
    },
    /// The flag needs a value, and none follows.
    Missing {
        /// The flag.
        flag: &'static str,
    },
    /// The flag is there twice, perhaps under two of its names.
    Twice {
        /// The flag.
        flag: &'static str,
    },
    /// The value is not of this kind.
    Unfit {
        /// The flag.
        flag: &'static str,
        /// What it takes.
        kind: Kind,
    },
    /// The number is outside its range.
    Range {
        /// The flag.
        flag: &'static str,
        /// The smallest number.
        min: i64,
        /// The largest number.
        max: i64,
    },
}

impl From<FlagError> for Message {
    fn from(error: FlagError) -> Self {
        let dashed = |flag: &str| code(&format!("-{flag}"));
        let wrong = |flag, problem: &'static str| {
            Self::new("err-flag-value")
                .with("flag", dashed(flag))
                .with("problem", problem)
        };
        match error {
            FlagError::Unknown { name, suggestions } => {
                let names: Vec<String> = suggestions.iter().map(|name| dashed(name)).collect();
                Self::new("err-flag-unknown")
                    .with("flag", dashed(&name))
                    .with("count", names.len())
                    .with("suggestions", names.join(", "))
            }
            FlagError::Missing { flag } => wrong(flag, "missing"),
            FlagError::Twice { flag } => wrong(flag, "twice"),
            FlagError::Unfit { flag, kind } => wrong(
                flag,
                match kind {
                    Kind::Switch => "switch",
                    Kind::Days { .. } => "days",
                    Kind::Integer { .. } | Kind::Text | Kind::Token | Kind::Time => "number",
                },
            ),
            FlagError::Range { flag, min, max } => Self::new("err-number-range")
                .with("what", "flag")
                .with("flag", dashed(flag))
                .with("least", min)
                .with("most", max),
        }
    }
}
