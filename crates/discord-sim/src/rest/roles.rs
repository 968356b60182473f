//! A guild's roles.

use serde_json::{Value, json};

use super::call::{Answer, Answered, Call};
use crate::error::ApiError;
use crate::payload::{role_json, roles_json};
use crate::state::State;

pub(super) fn list(state: &State, guild: u64) -> Answered {
    state.require(state.bot_id, guild, 0)?;
    Ok(Answer::Json(json!(roles_json(state.guild(guild)?))))
}

pub(super) fn get(state: &State, guild: u64, role: u64) -> Answered {
    state.require(state.bot_id, guild, 0)?;
    Ok(Answer::Json(role_json(state.role(guild, role)?)))
}

pub(super) fn create(state: &mut State, call: &Call, guild: u64) -> Answered {
    let role = state.create_role(&call.bot(state)?, guild, &call.body)?;
    get(state, guild, role)
}

pub(super) fn edit(state: &mut State, call: &Call, guild: u64, role: u64) -> Answered {
    state.edit_role(&call.bot(state)?, guild, role, &call.body)?;
    get(state, guild, role)
}

/// Moves the roles that the body names; answers all of them.
pub(super) fn reorder(state: &mut State, call: &Call, guild: u64) -> Answered {
    let moves = call.body.as_array().map_or(&[][..], Vec::as_slice);
    let parsed = |entry: &Value| {
        let id = entry["id"].as_str()?.parse().ok()?;
        let position = usize::try_from(entry["position"].as_u64()?).ok()?;
        Some((id, position))
    };
    let moves: Option<Vec<_>> = moves.iter().map(parsed).collect();
    let moves = moves.ok_or_else(|| ApiError::required("position"))?;
    state.move_roles(&call.bot(state)?, guild, &moves)?;
    list(state, guild)
}

pub(super) fn delete(state: &mut State, call: &Call, guild: u64, role: u64) -> Answered {
    state.delete_role(&call.bot(state)?, guild, role)?;
    Ok(Answer::NoContent)
}
