//! Webhooks: their management, and what is written through them.

use serde_json::Value;

use super::call::{Answer, Answered, Call, id};
use crate::error::ApiError;
use crate::mutate::Actor;
use crate::permissions::MANAGE_WEBHOOKS;
use crate::state::{State, Webhook};

pub(super) fn create(state: &mut State, call: &Call, channel: u64) -> Answered {
    let id = state.create_webhook(&call.bot(state)?, channel, &call.body)?;
    let webhook = state.managed_webhook(state.bot_id, id)?;
    Ok(Answer::Json(state.webhook_json(webhook, true)))
}

pub(super) fn of_channel(state: &State, channel: u64) -> Answered {
    state.require_in(state.bot_id, channel, MANAGE_WEBHOOKS)?;
    Ok(list(state, |webhook| webhook.channel == channel))
}

pub(super) fn of_guild(state: &State, guild: u64) -> Answered {
    state.require(state.bot_id, guild, MANAGE_WEBHOOKS)?;
    Ok(list(state, |webhook| webhook.guild == guild))
}

fn list(state: &State, fits: impl Fn(&Webhook) -> bool) -> Answer {
    let fitting = state.webhooks.values().filter(|webhook| fits(webhook));
    Answer::Json(
        fitting
            .map(|webhook| state.webhook_json(webhook, true))
            .collect(),
    )
}

/// `/webhooks/{id}` with the bot's token.
pub(super) fn managed(state: &mut State, call: &Call, id: u64) -> Answered {
    state.managed_webhook(state.bot_id, id)?;
    match call.method.as_str() {
        "GET" => {}
        "PATCH" => {
            let actor = call.bot(state)?;
            state.edit_webhook(&actor, id, &call.body)?;
        }
        "DELETE" => {
            let actor = call.bot(state)?;
            state.delete_webhook(&actor, id)?;
            return Ok(Answer::NoContent);
        }
        _ => return Err(ApiError::UNKNOWN_ROUTE),
    }
    let webhook = state.webhooks.get(&id).ok_or(ApiError::UNKNOWN_WEBHOOK)?;
    Ok(Answer::Json(state.webhook_json(webhook, true)))
}

/// Everything below `/webhooks/{id}/{token}`, which needs no other token.
pub(super) fn by_token(
    state: &mut State,
    call: &Call,
    webhook: u64,
    token: &str,
    rest: &[&str],
) -> Answered {
    let webhook = state.webhook_by_token(webhook, token)?.clone();
    let thread = call.query_id("thread_id")?;
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok(Answer::Json(state.webhook_json(&webhook, false))),
        ("PATCH", []) => {
            let mut edit = call.body.clone();
            // With its own token a webhook is renamed and not moved.
            if let Some(edit) = edit.as_object_mut() {
                edit.remove("channel_id");
            }
            state.edit_webhook(&Actor::new(webhook.author), webhook.id, &edit)?;
            let webhook = state.webhook_by_token(webhook.id, token)?;
            Ok(Answer::Json(state.webhook_json(webhook, false)))
        }
        ("DELETE", []) => {
            state.delete_webhook(&Actor::new(webhook.author), webhook.id)?;
            Ok(Answer::NoContent)
        }
        ("POST", []) => {
            let username = call.body["username"].as_str();
            let at = state.execute_webhook(&webhook, thread, username, call.content()?)?;
            if call.query("wait").as_deref() == Some("true") {
                message(state, at)
            } else {
                Ok(Answer::NoContent)
            }
        }
        ("GET", ["messages", wanted]) => message(
            state,
            state.message_of_webhook(&webhook, thread, id(wanted)?)?,
        ),
        ("PATCH", ["messages", wanted]) => {
            let at = state.message_of_webhook(&webhook, thread, id(wanted)?)?;
            state.rewrite(at.0, at.1, call.content()?)?;
            message(state, at)
        }
        ("DELETE", ["messages", wanted]) => {
            let at = state.message_of_webhook(&webhook, thread, id(wanted)?)?;
            state.remove_message(at.0, at.1)?;
            Ok(Answer::NoContent)
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

fn message(state: &State, (channel, id): (u64, u64)) -> Answered {
    let json: Value = state.message_json(state.message(channel, id)?);
    Ok(Answer::Json(json))
}
