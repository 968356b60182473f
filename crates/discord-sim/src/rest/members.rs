//! Members.

use super::call::{Answer, Answered, Call};
use crate::error::ApiError;
use crate::state::State;

pub(super) fn get(state: &State, guild: u64, user: u64) -> Answered {
    state.require(state.bot_id, guild, 0)?;
    if !state.users.contains_key(&user) {
        return Err(ApiError::UNKNOWN_USER);
    }
    Ok(Answer::Json(state.member_json(state.member(guild, user)?)))
}

/// In the order of ids, after a given one.
pub(super) fn list(state: &State, call: &Call, guild: u64) -> Answered {
    state.require(state.bot_id, guild, 0)?;
    let limit = call.query_limit(1, 1_000)?;
    let after = call.query_id("after")?.unwrap_or(0);
    let members = state
        .guild(guild)?
        .members
        .range(after.saturating_add(1)..)
        .take(limit);
    Ok(Answer::Json(
        members
            .map(|(_, member)| state.member_json(member))
            .collect(),
    ))
}

/// Those whose name or nickname begins with the query.
pub(super) fn search(state: &State, call: &Call, guild: u64) -> Answered {
    state.require(state.bot_id, guild, 0)?;
    let query = call
        .query("query")
        .ok_or_else(|| ApiError::required("query"))?
        .to_lowercase();
    let limit = call.query_limit(1, 1_000)?;
    let starts = |name: &str| name.to_lowercase().starts_with(&query);
    let found = state.guild(guild)?.members.values().filter(|member| {
        starts(&state.name_of(member.user_id)) || member.nick.as_deref().is_some_and(starts)
    });
    Ok(Answer::Json(
        found
            .take(limit)
            .map(|member| state.member_json(member))
            .collect(),
    ))
}

pub(super) fn edit(state: &mut State, call: &Call, guild: u64, user: u64) -> Answered {
    let actor = call.bot(state)?;
    state.require(actor.user, guild, 0)?;
    state
        .edit_member(&actor, guild, user, &call.body)
        .map(Answer::Json)
}

pub(super) fn edit_current(state: &mut State, call: &Call, guild: u64) -> Answered {
    let bot = state.bot_id;
    edit(state, call, guild, bot)
}

pub(super) fn kick(state: &mut State, call: &Call, guild: u64, user: u64) -> Answered {
    state.kick(&call.bot(state)?, guild, user)?;
    Ok(Answer::NoContent)
}

pub(super) fn set_role(
    state: &mut State,
    call: &Call,
    guild: u64,
    (user, role): (u64, u64),
    has: bool,
) -> Answered {
    let actor = call.bot(state)?;
    state.require(actor.user, guild, 0)?;
    state.set_role(&actor, guild, user, role, has)?;
    Ok(Answer::NoContent)
}
