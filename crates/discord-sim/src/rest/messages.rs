//! Messages.

use serde_json::Value;

use super::call::{Answer, Answered, Call, ids};
use crate::permissions::READ_MESSAGE_HISTORY;
use crate::state::State;

/// Newest first, up to 100, before or after a message or around it.
pub(super) fn list(state: &State, call: &Call, channel: u64) -> Answered {
    state.require_in(state.bot_id, channel, 0)?;
    let limit = call.query_limit(50, 100)?;
    let (before, after) = (call.query_id("before")?, call.query_id("after")?);
    let around = call.query_id("around")?;
    // Without the right to read what was said before, there is nothing to see.
    if state
        .require_in(state.bot_id, channel, READ_MESSAGE_HISTORY)
        .is_err()
    {
        return Ok(Answer::Json(Value::Array(Vec::new())));
    }
    let all = state
        .messages
        .get(&channel)
        .into_iter()
        .flatten()
        .map(|(_, message)| message);
    let all = all.filter(|message| message.ephemeral_for.is_none());
    let mut found: Vec<_> = match (around, before, after) {
        (Some(around), ..) => {
            let mut near: Vec<_> = all.collect();
            near.sort_by_key(|message| message.id.abs_diff(around));
            near.truncate(limit);
            near
        }
        (None, _, Some(after)) => all
            .filter(|message| message.id > after)
            .take(limit)
            .collect(),
        (None, before, None) => {
            let older = all.filter(|message| before.is_none_or(|before| message.id < before));
            let mut older: Vec<_> = older.collect();
            older.reverse();
            older.truncate(limit);
            older
        }
    };
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    Ok(Answer::Json(
        found
            .into_iter()
            .map(|message| state.message_json(message))
            .collect(),
    ))
}

pub(super) fn create(state: &mut State, call: &Call, channel: u64) -> Answered {
    let id = state.send(channel, call.content()?)?;
    get_any(state, channel, id)
}

pub(super) fn get(state: &State, channel: u64, id: u64) -> Answered {
    state.require_in(state.bot_id, channel, READ_MESSAGE_HISTORY)?;
    get_any(state, channel, id)
}

pub(super) fn edit(state: &mut State, call: &Call, channel: u64, id: u64) -> Answered {
    state.edit(channel, id, call.content()?)?;
    get_any(state, channel, id)
}

pub(super) fn delete(state: &mut State, call: &Call, channel: u64, id: u64) -> Answered {
    state.delete(&call.bot(state)?, channel, id)?;
    Ok(Answer::NoContent)
}

pub(super) fn bulk_delete(state: &mut State, call: &Call, channel: u64) -> Answered {
    state.bulk_delete(&call.bot(state)?, channel, &ids(&call.body["messages"]))?;
    Ok(Answer::NoContent)
}

fn get_any(state: &State, channel: u64, id: u64) -> Answered {
    Ok(Answer::Json(
        state.message_json(state.message(channel, id)?),
    ))
}
