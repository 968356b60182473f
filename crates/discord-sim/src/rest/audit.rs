//! The audit log.

use serde_json::{Value, json};

use super::call::{Answer, Answered, Call};
use crate::permissions::VIEW_AUDIT_LOG;
use crate::state::{AuditEntry, State};

/// Newest first; with `after`, the oldest after it first.
pub(super) fn list(state: &State, call: &Call, guild: u64) -> Answered {
    state.require(state.bot_id, guild, VIEW_AUDIT_LOG)?;
    let limit = call.query_limit(50, 100)?;
    let (before, after) = (call.query_id("before")?, call.query_id("after")?);
    let (user, action) = (call.query_id("user_id")?, call.query_id("action_type")?);
    let wanted = |entry: &&AuditEntry| {
        before.is_none_or(|before| entry.id < before)
            && after.is_none_or(|after| entry.id > after)
            && user.is_none_or(|user| entry.user_id == user)
            && action.is_none_or(|action| u64::from(entry.action_type) == action)
    };
    let oldest_first = state.guild(guild)?.audit.iter().filter(wanted);
    let entries: Vec<&AuditEntry> = if after.is_some() {
        oldest_first.take(limit).collect()
    } else {
        oldest_first.rev().take(limit).collect()
    };
    let mut users: Vec<u64> = entries
        .iter()
        .flat_map(|entry| [Some(entry.user_id), entry.target_id])
        .flatten()
        .filter(|id| state.users.contains_key(id))
        .collect();
    users.sort_unstable();
    users.dedup();
    Ok(Answer::Json(json!({
        "audit_log_entries": entries.into_iter().map(AuditEntry::to_json).collect::<Vec<_>>(),
        "users": users.into_iter().map(|id| state.user_json(id)).collect::<Vec<Value>>(),
        "application_commands": [],
        "auto_moderation_rules": [],
        "guild_scheduled_events": [],
        "integrations": [],
        "threads": [],
        "webhooks": [],
    })))
}
