//! "… is typing".

use serde_json::json;

use crate::error::ApiError;
use crate::state::State;

impl State {
    /// Tells that someone is typing. The caller has checked that they may write.
    pub(crate) fn type_in(&mut self, user: u64, channel: u64) -> Result<(), ApiError> {
        let seconds = self.now_ms() / 1_000;
        let mut data = json!({"user_id": user.to_string(), "timestamp": seconds});
        let guild = self.channel(channel)?.guild();
        if let Some(member) = guild.and_then(|guild| self.member(guild, user).ok()) {
            data["member"] = self.member_json(member);
        }
        let data = self.in_channel_json(channel, data);
        self.emit_in_channel("TYPING_START", channel, data);
        Ok(())
    }
}
