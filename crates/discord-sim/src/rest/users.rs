//! The gateway's address, the bot itself, and users.

use serde_json::{Value, json};

use super::call::{Answer, Answered, Call};
use crate::error::ApiError;
use crate::shared::Shared;
use crate::state::{Guild, State};

pub(super) fn gateway(shared: &Shared) -> Answer {
    Answer::Json(json!({"url": shared.gateway_url()}))
}

pub(super) fn gateway_bot(shared: &Shared, state: &State) -> Answer {
    // Discord recommends a shard for each thousand guilds.
    let shards = state.guilds.len().div_ceil(1_000).max(1);
    Answer::Json(json!({
        "url": shared.gateway_url(),
        "shards": shards,
        "session_start_limit": state.gateway.starts.json(state.now_ms()),
    }))
}

pub(super) fn current(state: &State) -> Answer {
    Answer::Json(state.current_user_json())
}

pub(super) fn edit_current(state: &mut State, call: &Call) -> Answered {
    if let Some(name) = call.body["username"].as_str() {
        let length = name.chars().count();
        if !(2..=32).contains(&length) {
            let message = "Must be between 2 and 32 in length.";
            return Err(ApiError::invalid(
                "username",
                "BASE_TYPE_BAD_LENGTH",
                message,
            ));
        }
        state.rename_user(state.bot_id, name);
    }
    Ok(current(state))
}

pub(super) fn guilds(state: &State) -> Answer {
    let bot = state.bot_id;
    let own = state
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&bot));
    let guild = |guild: &Guild| {
        json!({
            "id": guild.id.to_string(),
            "name": guild.name,
            "icon": null,
            "banner": null,
            "owner": guild.owner == bot,
            "permissions": guild.bits(bot, state.now_ms()).to_string(),
            "features": [],
        })
    };
    Answer::Json(own.map(guild).collect())
}

pub(super) fn get(state: &State, user: u64) -> Answered {
    state.user_or_unknown(user).map(Answer::Json)
}

/// Opens the conversation with a person. It opens also when they take no messages: only sending one
/// then fails.
pub(super) fn open_dm(state: &mut State, call: &Call) -> Answered {
    let person = match &call.body["recipient_id"] {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    };
    let person = person.ok_or_else(|| ApiError::required("recipient_id"))?;
    if !state.users.contains_key(&person) {
        return Err(ApiError::UNKNOWN_USER);
    }
    if state.users.get(&person).is_some_and(|user| user.bot) {
        return Err(ApiError::CANNOT_DM);
    }
    let channel = state.open_dm(person);
    Ok(Answer::Json(state.channel_json(state.channel(channel)?)))
}
