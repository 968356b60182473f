//! Audit log entries.

use serde_json::{Value, json};

use crate::state::AuditEntry;

impl AuditEntry {
    /// The entry in Discord's form; absent parts are left out, as Discord does.
    pub(crate) fn to_json(&self) -> Value {
        let mut json = json!({
            "id": self.id.to_string(),
            "action_type": self.action_type,
            "user_id": self.user_id.to_string(),
            "target_id": self.target_id.map(|id| id.to_string()),
        });
        if !self.changes.is_empty() {
            json["changes"] = json!(self.changes);
        }
        if let Some(options) = &self.options {
            json["options"] = options.clone();
        }
        if let Some(reason) = &self.reason {
            json["reason"] = json!(reason);
        }
        json
    }
}
