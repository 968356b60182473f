//! What was found wrong with requests, answers and events, kept until someone is told.

use serde_json::Value;

use crate::validate;

/// A request and what was answered.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "validate"),
    expect(dead_code, reason = "nobody looks at it then")
)]
pub(crate) struct Exchange<'a> {
    pub(crate) method: &'a str,
    /// Without `/api/v10`.
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    /// `null` when there is none.
    pub(crate) body: &'a Value,
    /// Nothing when the connection ended instead, and when the answer was a fault's.
    pub(crate) status: Option<u16>,
    /// The body of the answer, when it has one and it is the simulator's own.
    pub(crate) answer: Option<&'a Value>,
}

/// Everything that was found, in order. Without the feature `validate` nothing ever is.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    found: Vec<String>,
}

impl Checks {
    /// Looks at an event before it is sent.
    pub(crate) fn event(&mut self, name: &str, data: &Value) {
        let wrong = validate::event(name, data);
        let wrong = wrong.into_iter().map(|fault| format!("{name}: {fault}"));
        self.found.extend(wrong);
    }

    /// Takes note of what [`violations`] found.
    pub(crate) fn add(&mut self, found: Vec<String>) {
        self.found.extend(found);
    }

    /// Hands out what was found, once.
    pub(crate) fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.found)
    }
}

/// What is wrong with a request and its answer. It takes a while, so nobody should wait for it under
/// a lock.
pub(crate) fn violations(exchange: &Exchange<'_>) -> Vec<String> {
    let Exchange { method, path, .. } = exchange;
    let wrong = validate::exchange(exchange).into_iter();
    wrong
        .map(|fault| format!("{method} {path}: {fault}"))
        .collect()
}
