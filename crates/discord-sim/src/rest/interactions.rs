//! Answers to interactions.

use serde_json::{Value, json};

use super::call::{Answer, Answered, Call};
use crate::error::ApiError;
use crate::state::State;

pub(super) fn callback(state: &mut State, call: &Call, id: u64, token: &str) -> Answered {
    let message = state.respond(id, token, &call.body, call.uploads.clone())?;
    if call.query("with_response").as_deref() != Some("true") {
        return Ok(Answer::NoContent);
    }
    let Some(interaction) = state.interactions.by_id.get(&id) else {
        return Err(ApiError::UNKNOWN_INTERACTION);
    };
    let channel = interaction.asked.channel;
    let message = message.and_then(|id| state.message(channel, id).ok());
    let kind = call.body["type"].clone();
    let mut resource = json!({"type": kind});
    if let Some(message) = message {
        resource["message"] = state.message_json(message);
    }
    Ok(Answer::Json(json!({
        "interaction": {
            "id": id.to_string(),
            "type": interaction.asked.kind,
            "response_message_id": message.map(|message| message.id.to_string()),
            "response_message_loading": message.map(|message| message.deferred),
            "response_message_ephemeral": message.map(|m| m.ephemeral_for.is_some()),
            "channel_id": channel.to_string(),
        },
        "resource": resource,
    })))
}

/// Everything below `/webhooks/{application}/{token}`: later answers to an interaction.
pub(super) fn webhook(state: &mut State, call: &Call, token: &str, rest: &[&str]) -> Answered {
    match (call.method.as_str(), rest) {
        ("POST", []) => {
            let now = state.now_ms();
            let channel = state.interactions.by_token(token, now)?.asked.channel;
            let id = state.follow_up(token, call.content()?)?;
            message(state, (channel, id))
        }
        ("GET", ["messages", name]) => message(state, state.webhook_message(token, name)?),
        ("PATCH", ["messages", name]) => {
            let at = state.webhook_edit(token, name, call.content()?)?;
            message(state, at)
        }
        ("DELETE", ["messages", name]) => {
            state.webhook_delete(token, name)?;
            Ok(Answer::NoContent)
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

fn message(state: &State, (channel, id): (u64, u64)) -> Answered {
    let json: Value = state.message_json(state.message(channel, id)?);
    Ok(Answer::Json(json))
}
