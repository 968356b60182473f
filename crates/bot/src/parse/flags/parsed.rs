//! The flags and the free text of one command.

use std::collections::BTreeMap;

use super::value::Value;

/// What was given, by the names of the flags.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The free text, trimmed.
    pub rest: String,
    values: BTreeMap<&'static str, Value>,
}

impl Parsed {
    /// The value of a switch; `None` when it was not given.
    pub fn switch(&self, name: &str) -> Option<bool> {
        match self.values.get(name)? {
            Value::Switch(value) => Some(*value),
            Value::Text(_) | Value::Integer(_) => None,
        }
    }

    /// The value of a flag with a text, a token or a time; `None` when it was not given.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name)? {
            Value::Text(value) => Some(value),
            Value::Switch(_) | Value::Integer(_) => None,
        }
    }

    /// The value of a flag with a number or days; `None` when it was not given.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.values.get(name)? {
            Value::Integer(value) => Some(*value),
            Value::Switch(_) | Value::Text(_) => None,
        }
    }

    /// Whether the flag was not there before.
    pub(super) fn insert(&mut self, name: &'static str, value: Value) -> bool {
        self.values.insert(name, value).is_none()
    }
}
