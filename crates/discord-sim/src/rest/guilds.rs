//! Guilds and their channels.

use super::call::{Answer, Answered, Call};
use crate::payload::guild_json;
use crate::state::State;

pub(super) fn get(state: &State, id: u64) -> Answered {
    state.require(state.bot_id, id, 0)?;
    Ok(Answer::Json(guild_json(state.guild(id)?)))
}

pub(super) fn edit(state: &mut State, call: &Call, id: u64) -> Answered {
    state.edit_guild(&call.bot(state)?, id, &call.body)?;
    get(state, id)
}

pub(super) fn channels(state: &State, id: u64) -> Answered {
    state.require(state.bot_id, id, 0)?;
    let own = state
        .channels
        .values()
        .filter(|channel| channel.listed_in(id));
    Ok(Answer::Json(
        own.map(|channel| state.channel_json(channel)).collect(),
    ))
}

pub(super) fn create_channel(state: &mut State, call: &Call, id: u64) -> Answered {
    let channel = state.create_channel(&call.bot(state)?, id, &call.body)?;
    Ok(Answer::Created(state.channel_json(state.channel(channel)?)))
}
