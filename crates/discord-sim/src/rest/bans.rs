//! Bans.

use serde_json::{Value, json};

use super::call::{Answer, Answered, Call, ids, ids_json};
use crate::error::ApiError;
use crate::permissions::BAN_MEMBERS;
use crate::state::{Ban, State};

/// In the order of user ids, before or after a given one.
pub(super) fn list(state: &State, call: &Call, guild: u64) -> Answered {
    state.require(state.bot_id, guild, BAN_MEMBERS)?;
    let limit = call.query_limit(1_000, 1_000)?;
    let (before, after) = (call.query_id("before")?, call.query_id("after")?);
    let bans = &state.guild(guild)?.bans;
    let page: Vec<_> = match (before, after) {
        // Of those before an id the nearest are wanted, still in rising order.
        (Some(before), _) => {
            let mut nearest: Vec<_> = bans.range(..before).rev().take(limit).collect();
            nearest.reverse();
            nearest
        }
        (None, after) => bans
            .range(after.map_or(0, |id| id.saturating_add(1))..)
            .take(limit)
            .collect(),
    };
    Ok(Answer::Json(
        page.into_iter()
            .map(|(user, ban)| ban_json(state, *user, ban))
            .collect(),
    ))
}

pub(super) fn get(state: &State, guild: u64, user: u64) -> Answered {
    state.require(state.bot_id, guild, BAN_MEMBERS)?;
    let ban = state
        .guild(guild)?
        .bans
        .get(&user)
        .ok_or(ApiError::UNKNOWN_BAN)?;
    Ok(Answer::Json(ban_json(state, user, ban)))
}

pub(super) fn put(state: &mut State, call: &Call, guild: u64, user: u64) -> Answered {
    state.ban(&call.bot(state)?, guild, user, delete_seconds(call))?;
    Ok(Answer::NoContent)
}

pub(super) fn delete(state: &mut State, call: &Call, guild: u64, user: u64) -> Answered {
    state.unban(&call.bot(state)?, guild, user)?;
    Ok(Answer::NoContent)
}

pub(super) fn bulk(state: &mut State, call: &Call, guild: u64) -> Answered {
    let targets = ids(&call.body["user_ids"]);
    let actor = call.bot(state)?;
    let (banned, failed) = state.bulk_ban(&actor, guild, &targets, delete_seconds(call))?;
    if banned.is_empty() {
        return Err(ApiError::BULK_BAN_FAILED);
    }
    let body = json!({"banned_users": ids_json(&banned), "failed_users": ids_json(&failed)});
    Ok(Answer::Json(body))
}

fn delete_seconds(call: &Call) -> u64 {
    call.number("delete_message_seconds").unwrap_or(0)
}

fn ban_json(state: &State, user: u64, ban: &Ban) -> Value {
    json!({"user": state.user_json(user), "reason": ban.reason})
}
