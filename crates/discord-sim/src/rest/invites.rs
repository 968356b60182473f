//! Invites.

use super::call::{Answer, Answered, Call};
use crate::error::ApiError;
use crate::permissions::{MANAGE_CHANNELS, MANAGE_GUILD};
use crate::state::{Invite, State};

pub(super) fn create(state: &mut State, call: &Call, channel: u64) -> Answered {
    let code = state.create_invite(&call.bot(state)?, channel, &call.body)?;
    get(state, &code)
}

pub(super) fn of_channel(state: &State, channel: u64) -> Answered {
    state.require_in(state.bot_id, channel, MANAGE_CHANNELS)?;
    Ok(list(state, |invite| invite.channel == channel))
}

pub(super) fn of_guild(state: &State, guild: u64) -> Answered {
    state.require(state.bot_id, guild, MANAGE_GUILD)?;
    Ok(list(state, |invite| invite.guild == guild))
}

fn list(state: &State, fits: impl Fn(&Invite) -> bool) -> Answer {
    let now = state.now_ms();
    let all = state.invites.values();
    let fitting = all.filter(|invite| fits(invite) && invite.works_at(now));
    Answer::Json(fitting.map(|invite| state.invite_json(invite)).collect())
}

pub(super) fn get(state: &State, code: &str) -> Answered {
    Ok(Answer::Json(state.invite_json(state.invite(code)?)))
}

pub(super) fn route(state: &mut State, call: &Call, code: &str) -> Answered {
    match call.method.as_str() {
        "GET" => get(state, code),
        "DELETE" => {
            let actor = call.bot(state)?;
            state.delete_invite(&actor, code).map(Answer::Json)
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}
