//! Writing the audit log.

use serde_json::{Value, json};

use super::Actor;
use crate::state::{AuditEntry, State};

impl State {
    /// Records an entry and tells those who may read the log.
    pub(crate) fn record(
        &mut self,
        actor: &Actor,
        guild_id: u64,
        action_type: u16,
        target_id: Option<u64>,
        changes: Vec<Value>,
        options: Option<Value>,
    ) {
        let entry = AuditEntry {
            id: self.ids.next(),
            guild_id,
            action_type,
            user_id: actor.user,
            target_id,
            reason: actor.reason.clone(),
            changes,
            options,
        };
        let mut data = entry.to_json();
        data["guild_id"] = json!(guild_id.to_string());
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.audit.push(entry);
        }
        self.emit_in_guild("GUILD_AUDIT_LOG_ENTRY_CREATE", guild_id, data);
    }
}

/// A change of one property, in the audit log's form; absent values are left out.
pub(crate) fn change(key: &str, old: Value, new: Value) -> Value {
    let mut change = json!({"key": key});
    if !old.is_null() {
        change["old_value"] = old;
    }
    if !new.is_null() {
        change["new_value"] = new;
    }
    change
}
