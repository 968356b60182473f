//! What moderators do to members in voice channels: silencing, moving and disconnecting them.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::permissions::{DEAFEN_MEMBERS, MOVE_MEMBERS, MUTE_MEMBERS};
use crate::state::{State, VoiceState, audit::action};

impl State {
    /// Whether the `mute`, `deaf` and `channel_id` of a member's edit are allowed.
    pub(super) fn check_voice_edit(
        &self,
        actor: &Actor,
        guild: u64,
        target: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        for (key, bits) in [
            ("mute", MUTE_MEMBERS),
            ("deaf", DEAFEN_MEMBERS),
            ("channel_id", MOVE_MEMBERS),
        ] {
            if edit.get(key).is_none() {
                continue;
            }
            self.require(actor.user, guild, bits)?;
            if !self.voice.contains_key(&(guild, target)) {
                return Err(ApiError::NOT_IN_VOICE);
            }
        }
        Ok(())
    }

    /// Does what [`check_voice_edit`](Self::check_voice_edit) has allowed.
    pub(super) fn edit_voice(
        &mut self,
        actor: &Actor,
        guild: u64,
        target: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        self.silence(actor, guild, target, edit)?;
        let Some(channel) = edit.get("channel_id") else {
            return Ok(());
        };
        let channel = channel.as_str().and_then(|id| id.parse().ok());
        let before = self.voice.get(&(guild, target)).cloned();
        if before.as_ref().map(|voice| voice.channel) == channel {
            return Ok(());
        }
        let moved = channel
            .zip(before)
            .map(|(channel, before)| VoiceState { channel, ..before });
        self.set_voice(guild, target, moved)?;
        // Discord tells of how many, and where to, and not of whom.
        let (entry, options) = match channel {
            Some(channel) => {
                let options = json!({"channel_id": channel.to_string(), "count": "1"});
                (action::MEMBER_MOVE, options)
            }
            None => (action::MEMBER_DISCONNECT, json!({"count": "1"})),
        };
        self.record(actor, guild, entry, None, Vec::new(), Some(options));
        Ok(())
    }

    fn silence(
        &mut self,
        actor: &Actor,
        guild: u64,
        target: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        let member = self.guild_mut(guild)?.members.get_mut(&target);
        let member = member.ok_or(ApiError::UNKNOWN_MEMBER)?;
        let mut changes = Vec::new();
        for (key, is) in [("mute", &mut member.mute), ("deaf", &mut member.deaf)] {
            if let Some(wanted) = edit[key].as_bool().filter(|wanted| wanted != is) {
                changes.push(change(key, json!(*is), json!(wanted)));
                *is = wanted;
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        self.emit_member_update(guild, target)?;
        let voice = self.voice.get(&(guild, target)).cloned();
        let data = self.voice_state_json(guild, target, voice.as_ref());
        self.emit_in_guild("VOICE_STATE_UPDATE", guild, data);
        let entry = action::MEMBER_UPDATE;
        self.record(actor, guild, entry, Some(target), changes, None);
        Ok(())
    }
}
