//! Channels and their overwrites.

use serde_json::Value;

use super::call::{Answer, Answered, Call};
use crate::mutate::parsed_bits;
use crate::permissions::{Overwrite, SEND_MESSAGES};
use crate::state::State;

pub(super) fn get(state: &State, id: u64) -> Answered {
    state.require_in(state.bot_id, id, 0)?;
    Ok(Answer::Json(state.channel_json(state.channel(id)?)))
}

pub(super) fn edit(state: &mut State, call: &Call, id: u64) -> Answered {
    state.edit_channel(&call.bot(state)?, id, &call.body)?;
    Ok(Answer::Json(state.channel_json(state.channel(id)?)))
}

pub(super) fn delete(state: &mut State, call: &Call, id: u64) -> Answered {
    state
        .delete_channel(&call.bot(state)?, id)
        .map(Answer::Json)
}

pub(super) fn typing(state: &mut State, id: u64) -> Answered {
    state.require_in(state.bot_id, id, SEND_MESSAGES)?;
    state.type_in(state.bot_id, id)?;
    Ok(Answer::NoContent)
}

pub(super) fn put_overwrite(state: &mut State, call: &Call, id: u64, of: u64) -> Answered {
    let bits = |value: &Value| parsed_bits(value).unwrap_or(0);
    let overwrite = Overwrite {
        id: of,
        member: call.body["type"] == 1,
        allow: bits(&call.body["allow"]),
        deny: bits(&call.body["deny"]),
    };
    state.put_overwrite(&call.bot(state)?, id, overwrite)?;
    Ok(Answer::NoContent)
}

pub(super) fn delete_overwrite(state: &mut State, call: &Call, id: u64, of: u64) -> Answered {
    state.delete_overwrite(&call.bot(state)?, id, of)?;
    Ok(Answer::NoContent)
}
