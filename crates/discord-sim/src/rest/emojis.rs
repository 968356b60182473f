//! A guild's own emoji.

use super::call::{Answer, Answered, Call, id};
use crate::error::ApiError;
use crate::state::State;

/// Everything below `/guilds/{id}/emojis`.
pub(super) fn route(state: &mut State, call: &Call, guild: u64, rest: &[&str]) -> Answered {
    state.require(state.bot_id, guild, 0)?;
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            let all = state.guild(guild)?.emojis.values();
            Ok(Answer::Json(
                all.map(|emoji| state.emoji_json(emoji)).collect(),
            ))
        }
        ("POST", []) => {
            let id = state.create_emoji(&call.bot(state)?, guild, &call.body)?;
            one(state, guild, id).map(|answer| match answer {
                Answer::Json(json) => Answer::Created(json),
                other => other,
            })
        }
        ("GET", [emoji]) => one(state, guild, id(emoji)?),
        ("PATCH", [emoji]) => {
            let emoji = id(emoji)?;
            state.edit_emoji(&call.bot(state)?, guild, emoji, &call.body)?;
            one(state, guild, emoji)
        }
        ("DELETE", [emoji]) => {
            let actor = call.bot(state)?;
            state.delete_emoji(&actor, guild, id(emoji)?)?;
            Ok(Answer::NoContent)
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

fn one(state: &State, guild: u64, id: u64) -> Answered {
    let emoji = state.guild(guild)?.emojis.get(&id);
    let emoji = emoji.ok_or(ApiError::UNKNOWN_EMOJI)?;
    Ok(Answer::Json(state.emoji_json(emoji)))
}
