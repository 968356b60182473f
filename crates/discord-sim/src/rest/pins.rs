//! Pinned messages, by the paths of today and by those of before.

use serde_json::{Value, json};

use super::call::{Answer, Answered, Call};
use crate::clock::iso;
use crate::permissions::READ_MESSAGE_HISTORY;
use crate::state::State;

/// `GET /channels/{id}/messages/pins`: in pages, the newest first.
pub(super) fn page(state: &State, call: &Call, channel: u64) -> Answered {
    let all = pinned(state, channel)?;
    let limit = call.query_limit(50, 50)?;
    let before = call.query("before");
    let before = before.and_then(|text| crate::clock::parse_iso(&text));
    let mut older = all
        .into_iter()
        .filter(|(at, _)| before.is_none_or(|before| *at < before));
    let items: Vec<Value> = older
        .by_ref()
        .take(limit)
        .map(|(at, message)| json!({"pinned_at": iso(at), "message": message}))
        .collect();
    let has_more = older.next().is_some();
    Ok(Answer::Json(json!({"items": items, "has_more": has_more})))
}

/// `GET /channels/{id}/pins`: all of them.
pub(super) fn list(state: &State, channel: u64) -> Answered {
    let all = pinned(state, channel)?.into_iter();
    Ok(Answer::Json(all.map(|(_, message)| message).collect()))
}

/// The pinned messages and when they were pinned, the newest pin first. Without the right to read
/// what was said before there are none.
fn pinned(state: &State, channel: u64) -> Result<Vec<(i64, Value)>, crate::error::ApiError> {
    state.require_in(state.bot_id, channel, 0)?;
    if state
        .require_in(state.bot_id, channel, READ_MESSAGE_HISTORY)
        .is_err()
    {
        return Ok(Vec::new());
    }
    let all = state.pins(channel).into_iter();
    let mut all: Vec<(i64, Value)> = all
        .filter_map(|message| Some((message.pinned_ms?, state.message_json(message))))
        .collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(all)
}

pub(super) fn set(state: &mut State, call: &Call, at: (u64, u64), pinned: bool) -> Answered {
    state.set_pin(&call.bot(state)?, at, pinned)?;
    Ok(Answer::NoContent)
}
