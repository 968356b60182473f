//! Invites: making and revoking them, and joining by them.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::limits;
use crate::permissions::{CREATE_INSTANT_INVITE, MANAGE_CHANNELS, MANAGE_GUILD};
use crate::state::{Invite, State, audit::action};

impl State {
    /// Makes an invite to a channel. Answers its code.
    pub(crate) fn create_invite(
        &mut self,
        actor: &Actor,
        channel: u64,
        spec: &Value,
    ) -> Result<String, ApiError> {
        self.require_in(actor.user, channel, CREATE_INSTANT_INVITE)?;
        let Some(guild) = self.channel(channel)?.guild() else {
            return Err(ApiError::NOT_IN_DMS);
        };
        let number = |key: &str, default: u64, max: u64| {
            let value = spec[key].as_u64().unwrap_or(default);
            if value > max {
                let message = format!("int value should be less than or equal to {max}.");
                return Err(ApiError::invalid(key, "NUMBER_TYPE_MAX", message));
            }
            Ok(value)
        };
        let invite = Invite {
            code: format!("sim{}", self.ids.next()),
            guild,
            channel,
            author: actor.user,
            created_ms: self.now_ms(),
            max_age: number("max_age", 86_400, limits::INVITE_AGE_SECONDS)?,
            max_uses: number("max_uses", 0, limits::INVITE_USES)?,
            uses: 0,
            temporary: spec["temporary"].as_bool().unwrap_or(false),
        };
        let mut data = self.invite_json(&invite);
        if let Some(data) = data.as_object_mut() {
            for key in ["guild", "channel", "type", "flags"] {
                data.remove(key);
            }
        }
        data["channel_id"] = json!(channel.to_string());
        let code = invite.code.clone();
        self.invites.insert(code.clone(), invite);
        self.emit_in_channel("INVITE_CREATE", channel, data);
        let changes = vec![change("code", Value::Null, json!(code))];
        self.record(actor, guild, action::INVITE_CREATE, None, changes, None);
        Ok(code)
    }

    /// Revokes an invite. Answers what it was.
    pub(crate) fn delete_invite(&mut self, actor: &Actor, code: &str) -> Result<Value, ApiError> {
        let invite = self.invite(code)?.clone();
        let in_channel = self.require_in(actor.user, invite.channel, MANAGE_CHANNELS);
        in_channel.or_else(|_| self.require(actor.user, invite.guild, MANAGE_GUILD))?;
        let json = self.invite_json(&invite);
        self.invites.remove(code);
        let data = self.in_channel_json(invite.channel, json!({"code": code}));
        self.emit_in_channel("INVITE_DELETE", invite.channel, data);
        let changes = vec![change("code", json!(code), Value::Null)];
        let entry = action::INVITE_DELETE;
        self.record(actor, invite.guild, entry, None, changes, None);
        Ok(json)
    }

    /// An invite that works.
    pub(crate) fn invite(&self, code: &str) -> Result<&Invite, ApiError> {
        let invite = self.invites.get(code);
        let now = self.now_ms();
        invite
            .filter(|invite| invite.works_at(now))
            .ok_or(ApiError::UNKNOWN_INVITE)
    }
}
