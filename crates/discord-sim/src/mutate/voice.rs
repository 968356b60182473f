//! Joining and leaving voice channels.

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::permissions::CONNECT;
use crate::state::{Kind, State, VoiceState};

impl State {
    /// Op 4: the bot joins, moves to or leaves a voice channel. As on Discord, one that may not is
    /// not answered.
    pub(crate) fn request_voice(&mut self, given: &Value) {
        let id = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
        let Some(guild) = id(&given["guild_id"]) else {
            return;
        };
        let voice = id(&given["channel_id"]).map(|channel| VoiceState {
            channel,
            self_mute: given["self_mute"] == true,
            self_deaf: given["self_deaf"] == true,
        });
        let joins = voice.is_some();
        if self.set_voice(guild, self.bot_id, voice).is_ok() && joins {
            // There is no voice server: on Discord, null means that one has to wait for it.
            let server = json!({
                "token": "voice-token",
                "guild_id": guild.to_string(),
                "endpoint": null,
            });
            self.emit_in_guild("VOICE_SERVER_UPDATE", guild, server);
        }
    }

    /// Puts a member into a voice channel, or with `None` out of it.
    pub(crate) fn set_voice(
        &mut self,
        guild: u64,
        user: u64,
        voice: Option<VoiceState>,
    ) -> Result<(), ApiError> {
        self.member(guild, user)?;
        if let Some(voice) = &voice {
            let channel = self.channel(voice.channel)?;
            if channel.kind != Kind::Voice(guild) {
                return Err(ApiError::UNKNOWN_CHANNEL);
            }
            self.require_in(user, voice.channel, CONNECT)?;
        } else if !self.voice.contains_key(&(guild, user)) {
            return Ok(());
        }
        let data = self.voice_state_json(guild, user, voice.as_ref());
        match voice {
            Some(voice) => self.voice.insert((guild, user), voice),
            None => self.voice.remove(&(guild, user)),
        };
        self.emit_in_guild("VOICE_STATE_UPDATE", guild, data);
        Ok(())
    }
}
