//! Threads.

use serde_json::{Value, json};

use super::call::{Answer, Answered, Call, id};
use crate::error::ApiError;
use crate::payload::thread_member_json;
use crate::permissions::{MANAGE_THREADS, READ_MESSAGE_HISTORY};
use crate::state::{Channel, State};

pub(super) fn create(state: &mut State, call: &Call, channel: u64, at: Option<u64>) -> Answered {
    let id = state.start_thread(&call.bot(state)?, channel, at, &call.body)?;
    Ok(Answer::Created(state.channel_json(state.channel(id)?)))
}

/// Everything below `/channels/{id}/thread-members`.
pub(super) fn members(state: &mut State, call: &Call, thread: u64, rest: &[&str]) -> Answered {
    let bot = state.bot_id;
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            state.require_in(bot, thread, 0)?;
            let members = thread_of(state, thread)?.members.iter();
            let members = members.map(|(user, since)| thread_member_json(thread, *user, *since));
            Ok(Answer::Json(members.collect()))
        }
        ("GET", [user]) => {
            state.require_in(bot, thread, 0)?;
            let user = id(user)?;
            let since = thread_of(state, thread)?.members.get(&user);
            let since = since.ok_or(ApiError::UNKNOWN_MEMBER)?;
            Ok(Answer::Json(thread_member_json(thread, user, *since)))
        }
        ("PUT" | "DELETE", [user]) => {
            let user = if *user == "@me" { bot } else { id(user)? };
            state.set_thread_member(bot, thread, user, call.method == "PUT")?;
            Ok(Answer::NoContent)
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

/// The open threads of a guild that the bot sees.
pub(super) fn active(state: &State, guild: u64) -> Answered {
    state.require(state.bot_id, guild, 0)?;
    let threads = threads(state, |thread| {
        thread.guild() == Some(guild) && is_archived(thread) == Some(false)
    });
    Ok(Answer::Json(list(state, &threads, false)))
}

/// The archived threads of a channel, last archived first.
pub(super) fn archived(state: &State, call: &Call, channel: u64, private: bool) -> Answered {
    let needs = READ_MESSAGE_HISTORY | if private { MANAGE_THREADS } else { 0 };
    state.require_in(state.bot_id, channel, needs)?;
    let limit = call.query_limit(50, 100)?;
    let before = call.query("before");
    let before = before.and_then(|text| crate::clock::parse_iso(&text));
    let changed = |thread: &Channel| thread.thread.as_ref().map(|thread| thread.changed_ms);
    let mut found = threads(state, |thread| {
        let fits = thread
            .thread
            .as_ref()
            .is_some_and(|t| t.archived && t.private == private);
        let older = before.is_none_or(|before| changed(thread).is_some_and(|at| at < before));
        thread.parent == Some(channel) && fits && older
    });
    found.sort_by_key(|thread| std::cmp::Reverse(changed(thread)));
    let more = found.len() > limit;
    found.truncate(limit);
    Ok(Answer::Json(list(state, &found, more)))
}

fn threads(state: &State, fits: impl Fn(&Channel) -> bool) -> Vec<&Channel> {
    let seen = |channel: &&Channel| fits(channel) && state.bot_sees(channel);
    state.channels.values().filter(seen).collect()
}

fn is_archived(channel: &Channel) -> Option<bool> {
    channel.thread.as_ref().map(|thread| thread.archived)
}

fn list(state: &State, threads: &[&Channel], more: bool) -> Value {
    let joined = threads.iter().filter_map(|channel| {
        let since = channel.thread.as_ref()?.members.get(&state.bot_id)?;
        Some(thread_member_json(channel.id, state.bot_id, *since))
    });
    json!({
        "threads": threads.iter().map(|thread| state.channel_json(thread)).collect::<Vec<_>>(),
        "members": joined.collect::<Vec<_>>(),
        "has_more": more,
    })
}

fn thread_of(state: &State, id: u64) -> Result<&crate::state::Thread, ApiError> {
    let thread = state.channel(id)?.thread.as_ref();
    thread.ok_or(ApiError::WRONG_CHANNEL_TYPE)
}
