//! The audit log: who did what to whom, and why.

use serde::Serialize;
use serde_json::Value;

/// A line of a guild's audit log.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AuditEntry {
    /// The entry's own id; later entries have higher ones.
    pub id: u64,
    /// The guild that it belongs to.
    pub guild_id: u64,
    /// What was done: one of the numbers below
    /// <https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object-audit-log-events>.
    pub action_type: u16,
    /// Who did it.
    pub user_id: u64,
    /// To whom or to what: the id of a user, a role or a channel.
    pub target_id: Option<u64>,
    /// Why, as the request's `X-Audit-Log-Reason` said, or the person who did it.
    pub reason: Option<String>,
    /// What changed, in Discord's form: `{"key", "old_value", "new_value"}`.
    pub changes: Vec<Value>,
    /// More about it, in Discord's form.
    pub options: Option<Value>,
}

/// Discord's numbers of the actions that are recorded.
pub(crate) mod action {
    pub(crate) const GUILD_UPDATE: u16 = 1;
    pub(crate) const CHANNEL_CREATE: u16 = 10;
    pub(crate) const CHANNEL_UPDATE: u16 = 11;
    pub(crate) const CHANNEL_DELETE: u16 = 12;
    pub(crate) const OVERWRITE_CREATE: u16 = 13;
    pub(crate) const OVERWRITE_UPDATE: u16 = 14;
    pub(crate) const OVERWRITE_DELETE: u16 = 15;
    pub(crate) const KICK: u16 = 20;
    pub(crate) const BAN: u16 = 22;
    pub(crate) const UNBAN: u16 = 23;
    pub(crate) const MEMBER_UPDATE: u16 = 24;
    pub(crate) const MEMBER_ROLES: u16 = 25;
    pub(crate) const MEMBER_MOVE: u16 = 26;
    pub(crate) const MEMBER_DISCONNECT: u16 = 27;
    pub(crate) const ROLE_CREATE: u16 = 30;
    pub(crate) const ROLE_UPDATE: u16 = 31;
    pub(crate) const ROLE_DELETE: u16 = 32;
    pub(crate) const INVITE_CREATE: u16 = 40;
    pub(crate) const INVITE_DELETE: u16 = 42;
    pub(crate) const WEBHOOK_CREATE: u16 = 50;
    pub(crate) const WEBHOOK_UPDATE: u16 = 51;
    pub(crate) const WEBHOOK_DELETE: u16 = 52;
    pub(crate) const EMOJI_CREATE: u16 = 60;
    pub(crate) const EMOJI_UPDATE: u16 = 61;
    pub(crate) const EMOJI_DELETE: u16 = 62;
    pub(crate) const MESSAGE_DELETE: u16 = 72;
    pub(crate) const MESSAGE_BULK_DELETE: u16 = 73;
    pub(crate) const MESSAGE_PIN: u16 = 74;
    pub(crate) const MESSAGE_UNPIN: u16 = 75;
    pub(crate) const THREAD_CREATE: u16 = 110;
    pub(crate) const THREAD_UPDATE: u16 = 111;
    pub(crate) const THREAD_DELETE: u16 = 112;
}
