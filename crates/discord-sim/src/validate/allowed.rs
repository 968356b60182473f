//! Where the description is stricter than the documentation, which wins over it, as it says itself.

use serde_json::{Value, json};

/// Permission sets are decimal texts in the documentation, and integers in the description.
const PERMISSION_SETS: [&str; 4] = ["allow", "deny", "permissions", "default_member_permissions"];

/// serenity 0.12 bans without a body and with the number of seconds in the query, and lifts bans
/// with nothing at all; bots that are built on it do so every day.
const BODY_MAY_BE_MISSING: &str = "/guilds/{guild_id}/bans/{user_id}";

/// A body with permission sets as the description wants them.
pub(super) fn as_described(body: &Value) -> Value {
    match body {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| {
                let bits = value.as_str().and_then(|text| text.parse::<u64>().ok());
                match bits.filter(|_| PERMISSION_SETS.contains(&key.as_str())) {
                    Some(bits) => (key.clone(), json!(bits)),
                    None => (key.clone(), as_described(value)),
                }
            })
            .collect(),
        Value::Array(items) => items.iter().map(as_described).collect(),
        other => other.clone(),
    }
}

/// Whether an operation on this path works without the body, and with more in the query, than is
/// described.
pub(super) fn body_may_be_missing(path: &str) -> bool {
    path == BODY_MAY_BE_MISSING
}
