//! What a validator found, in words that lead to the place.

use std::cmp::Reverse;

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;

/// More than this of a value or a sentence does not help anyone.
const LONGEST: usize = 240;

/// Everything that is wrong with a value, each with where it is.
pub(super) fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| told(&error))
        .collect()
}

/// A sentence. Of a union the alternative is told that comes nearest.
fn told(error: &ValidationError<'_>) -> String {
    let branches = match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context.as_slice()
        }
        _ => &[],
    };
    let nearest = branches.iter().max_by_key(|branch| nearness(branch));
    if let Some(branch) = nearest.filter(|branch| !branch.is_empty()) {
        let inner: Vec<String> = branch.iter().map(told).collect();
        return format!("({})", inner.join("; "));
    }
    let place = error.instance_path().to_string();
    shortened(&format!("{place}: {error}"))
}

/// An alternative is nearer when it is of the right type, fails deeper inside, and in fewer places.
fn nearness(branch: &[ValidationError<'_>]) -> (bool, usize, Reverse<usize>) {
    let places = branch.iter().map(|error| error.instance_path().to_string());
    let of_type = !places.clone().any(|place| place.ends_with("/type"));
    let depths = places.map(|place| place.matches('/').count());
    (of_type, depths.min().unwrap_or(0), Reverse(branch.len()))
}

pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
