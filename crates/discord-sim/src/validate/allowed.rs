//! Where the description is stricter than the documentation, which wins over it, as it says itself.

use serde_json::{Value, json};

/// Permission sets are decimal texts in the documentation, and integers in the description.
const PERMISSION_SETS: [&str; 4] = ["allow", "deny", "permissions", "default_member_permissions"];

/// serenity 0.12 bans without a body and with the number of seconds in the query, and lifts bans
/// with nothing at all; bots that are built on it do so every day.
const BODY_MAY_BE_MISSING: &str = "/guilds/{guild_id}/bans/{user_id}";

/// The codes of wrong fields are words in the documentation and numbers in the description:
/// <https://discord.com/developers/docs/reference#error-messages>.
const FIELD_ERRORS: &str = "_errors";

/// serenity 0.12 wants `burst` and `type` in it, which Discord does not send; so no bot that is built
/// on serenity hears of it, at Discord as here.
const UNHEARD_IN_SERENITY: &str = "MESSAGE_REACTION_REMOVE_EMOJI";

/// Whether serenity 0.12 does not understand what Discord sends. Beside the one event these are the
/// forms with labels, of which it does not know.
pub(super) fn unheard_in_serenity(name: &str, data: &Value) -> bool {
    let mut parts = data["data"]["components"].as_array().into_iter().flatten();
    name == UNHEARD_IN_SERENITY
        || (name == "INTERACTION_CREATE" && data["type"] == 5 && parts.any(|p| p["type"] != 1))
}

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

/// A refusal as the description wants it.
pub(super) fn refusal_as_described(answer: &Value) -> Value {
    match answer {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| {
                if key != FIELD_ERRORS {
                    return (key.clone(), refusal_as_described(value));
                }
                let mut errors = value.clone();
                for error in errors.as_array_mut().into_iter().flatten() {
                    if error["code"].is_string() {
                        error["code"] = json!(0);
                    }
                }
                (key.clone(), errors)
            })
            .collect(),
        other => other.clone(),
    }
}

/// Whether an operation on this path works without the body, and with more in the query, than is
/// described.
pub(super) fn body_may_be_missing(path: &str) -> bool {
    path == BODY_MAY_BE_MISSING
}

#[cfg(test)]
mod tests {
    use super::super::exchange;
    use super::*;
    use crate::checks::Exchange;

    fn request(method: &str, path: &str, query: &str, body: &Value) -> Vec<String> {
        exchange::unallowed(&Exchange {
            method,
            path,
            query,
            body,
            status: Some(204),
            answer: None,
        })
    }

    /// Nothing can be said where there are no descriptions.
    fn described() -> bool {
        super::super::schemas::schemas().is_some()
    }

    #[test]
    fn the_description_still_wants_permissions_as_numbers() {
        let body = json!({"type": 0, "allow": "0", "deny": "1024"});
        let (method, path) = ("PUT", "/channels/1/permissions/2");
        if described() {
            assert!(!request(method, path, "", &body).is_empty());
            assert!(request(method, path, "", &as_described(&body)).is_empty());
        }
    }

    #[test]
    fn the_description_still_wants_a_body_for_bans() {
        let path = "/guilds/1/bans/2";
        if described() {
            for (method, query) in [("PUT", "delete_message_seconds=0"), ("DELETE", "")] {
                assert!(!request(method, path, query, &Value::Null).is_empty());
            }
        }
    }

    #[test]
    fn the_description_still_wants_the_codes_of_fields_as_numbers() {
        let leaf = json!({"_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "needed"}]});
        let refusal = json!({"code": 50035, "message": "Invalid", "errors": {"content": leaf}});
        let check = |answer: &Value| {
            exchange::unallowed(&Exchange {
                method: "GET",
                path: "/gateway",
                query: "",
                body: &Value::Null,
                status: Some(400),
                answer: Some(answer),
            })
        };
        if described() {
            assert!(!check(&refusal).is_empty());
            assert!(check(&refusal_as_described(&refusal)).is_empty());
        }
    }

    #[test]
    fn serenity_still_does_not_hear_of_it() {
        let data =
            json!({"channel_id": "1", "message_id": "2", "emoji": {"id": null, "name": "x"}});
        let frame = json!({"op": 0, "s": 1, "t": UNHEARD_IN_SERENITY, "d": data});
        let event: serenity::model::event::GatewayEvent = serde_json::from_value(frame).unwrap();
        let text = format!("{event:?}");
        assert!(text.contains("Unknown"), "{text}");
    }
}
