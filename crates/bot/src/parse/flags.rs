//! `-flag value` in prefix commands, with the same names as the options of the slash form.

mod common;
mod error;
mod free_text;
mod lexer;
mod parsed;
#[cfg(test)]
mod tests;
mod value;

pub use common::{DELETE, DURATION, REASON, SILENT};
pub use error::FlagError;
pub use parsed::Parsed;

use crate::parse::suggest;
use free_text::FreeText;
use lexer::{Item, Lexer};

/// A flag that a command takes.
#[derive(Debug, Clone, Copy)]
pub struct Flag {
    /// The name, in lower case and without dashes.
    pub name: &'static str,
    /// Other names for the same flag.
    pub aliases: &'static [&'static str],
    /// What follows the name.
    pub kind: Kind,
}

/// What follows the name of a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, or `true` or `false`; `-no-name` is `false`.
    Switch,
    /// Everything up to the next flag, or one group in quotes.
    Text,
    /// One word or one group in quotes.
    Token,
    /// A whole number in this range.
    Integer {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A time in one word or in quotes; read later by [`Limits::parse`](crate::parse::time::Limits::parse), because
    /// its meaning depends on the moment and the zone.
    Time,
    /// A number of whole days from 0: `7`, `7d` or `"7 days"`.
    Days {
        /// The largest.
        max: i64,
    },
}

/// Reads everything after a command's name: flags in any position, and the free text around them.
///
/// A flag is a dash or two and a letter, so `-5` is text. Names are compared without case. A flag in quotes is text,
/// and `--` ends the flags. The free text is as it was typed, with one space or line break where a flag stood.
///
/// # Errors
/// [`FlagError`]: the first thing that is wrong.
pub fn parse(tail: &str, spec: &[Flag]) -> Result<Parsed, FlagError> {
    let mut parsed = Parsed::default();
    let mut free = FreeText::default();
    let mut lexer = Lexer::new(tail);
    while let Some(item) = lexer.next() {
        match item {
            Item::Word(span) => free.push(span),
            Item::EndOfFlags => free.split(),
            Item::Flag(name) => {
                let (flag, negated) = find(name, spec)?;
                let value = value::read(flag, negated, &mut lexer)?;
                if !parsed.insert(flag.name, value) {
                    return Err(FlagError::Twice { flag: flag.name });
                }
                free.split();
            }
        }
    }
    parsed.rest = free.join(tail);
    Ok(parsed)
}

/// The flag called `name`, and whether it was called by its negation.
fn find<'a>(name: &str, spec: &'a [Flag]) -> Result<(&'a Flag, bool), FlagError> {
    let name = name.to_lowercase();
    let named = |name: &str| {
        spec.iter()
            .find(|flag| flag.name == name || flag.aliases.contains(&name))
    };
    if let Some(flag) = named(&name) {
        return Ok((flag, false));
    }
    match name.strip_prefix("no-").and_then(named) {
        Some(flag) if flag.kind == Kind::Switch => Ok((flag, true)),
        _ => {
            let suggestions = suggest(&name, spec.iter().map(|flag| flag.name));
            Err(FlagError::Unknown { name, suggestions })
        }
    }
}
