//! A text before its language is known.

use fluent_bundle::{FluentArgs, FluentValue};

/// The values of a text, by name.
///
/// Text of users goes through [`escape_markdown`](super::escape_markdown) or [`code`](super::code) first; nothing is
/// escaped here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Args(Vec<(&'static str, Value)>);

/// A value of a text: words, or a number that chooses the plural.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number, written by the rules of the language.
    Number(i64),
}

impl Args {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    pub(super) fn to_fluent(&self) -> FluentArgs<'_> {
        let value = |value: &'_ Value| match value {
            Value::Text(text) => FluentValue::from(text.clone()),
            Value::Number(number) => FluentValue::from(*number),
        };
        self.0
            .iter()
            .map(|(name, one)| (*name, value(one)))
            .collect()
    }
}

/// A text by its id, with its values: what a refusal is, before it is known who reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The id, which tests and logs compare.
    pub id: &'static str,
    /// The values.
    pub args: Args,
}

impl Message {
    /// The text `id` without values.
    pub fn new(id: &'static str) -> Self {
        Self {
            id,
            args: Args::new(),
        }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args = self.args.with(name, value);
        self
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    /// Fluent counts in floating point: what it would round, such as a Discord id, stays as it is written.
    fn from(number: i64) -> Self {
        const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
        if number.unsigned_abs() <= EXACT {
            Self::Number(number)
        } else {
            Self::Text(number.to_string())
        }
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::from)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        u64::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::from)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::from(i64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::from(i64::from(number))
    }
}
