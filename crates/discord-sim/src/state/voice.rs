//! Who is in which voice channel. Nothing is heard: the states alone are kept.

use serde_json::{Value, json};

use super::State;

/// Someone's place in a voice channel.
#[derive(Clone, Debug)]
pub(crate) struct VoiceState {
    pub(crate) channel: u64,
    pub(crate) self_mute: bool,
    pub(crate) self_deaf: bool,
}

impl State {
    /// `VOICE_STATE_UPDATE`, and an entry of `voice_states` in `GUILD_CREATE`. Without a state the
    /// person has left.
    pub(crate) fn voice_state_json(
        &self,
        guild: u64,
        user: u64,
        voice: Option<&VoiceState>,
    ) -> Value {
        let member = self.member(guild, user).ok();
        json!({
            "guild_id": guild.to_string(),
            "channel_id": voice.map(|voice| voice.channel.to_string()),
            "user_id": user.to_string(),
            "member": member.map(|member| self.member_json(member)),
            "session_id": format!("voice-{user}"),
            "deaf": member.is_some_and(|member| member.deaf),
            "mute": member.is_some_and(|member| member.mute),
            "self_deaf": voice.is_some_and(|voice| voice.self_deaf),
            "self_mute": voice.is_some_and(|voice| voice.self_mute),
            "self_video": false,
            "suppress": false,
            "request_to_speak_timestamp": null,
        })
    }
}
