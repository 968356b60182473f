//! Reactions of a message.

use percent_encoding::percent_decode_str;

use super::call::{Answer, Answered, Call, id};
use crate::error::ApiError;
use crate::permissions::READ_MESSAGE_HISTORY;
use crate::state::{Emoji, State};

/// Everything below `/channels/{id}/messages/{id}/reactions`.
pub(super) fn route(state: &mut State, call: &Call, at: (u64, u64), rest: &[&str]) -> Answered {
    let bot = state.bot_id;
    let emoji = rest
        .first()
        .map(|text| Emoji::parse(&percent_decode_str(text).decode_utf8_lossy()));
    match (call.method.as_str(), emoji, rest.get(1)) {
        ("DELETE", None, None) => state.clear_reactions(bot, at, None)?,
        ("DELETE", Some(emoji), None) => state.clear_reactions(bot, at, Some(&emoji))?,
        ("GET", Some(emoji), None) => return list(state, call, at, &emoji),
        ("PUT", Some(emoji), Some(&"@me")) => state.add_reaction(bot, at, &emoji)?,
        ("DELETE", Some(emoji), Some(&"@me")) => state.remove_reaction(bot, at, &emoji, bot)?,
        ("DELETE", Some(emoji), Some(user)) => {
            state.remove_reaction(bot, at, &emoji, id(user)?)?;
        }
        _ => return Err(ApiError::UNKNOWN_ROUTE),
    }
    Ok(Answer::NoContent)
}

/// Who reacted with an emoji, in the order of ids, after a given one.
fn list(state: &State, call: &Call, (channel, message): (u64, u64), emoji: &Emoji) -> Answered {
    state.require_in(state.bot_id, channel, READ_MESSAGE_HISTORY)?;
    let limit = call.query_limit(25, 100)?;
    let after = call.query_id("after")?.unwrap_or(0);
    let emoji = state.known_emoji(emoji)?;
    let reactions = state.message(channel, message)?.reactions.iter();
    let mut users: Vec<u64> = reactions
        .filter(|(known, user)| known.is(&emoji) && *user > after)
        .map(|(_, user)| *user)
        .collect();
    users.sort_unstable();
    let users = users.into_iter().take(limit);
    Ok(Answer::Json(
        users.map(|user| state.user_json(user)).collect(),
    ))
}
