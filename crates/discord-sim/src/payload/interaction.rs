//! What the bot is told when someone uses a command, a component or a form.

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::state::State;

/// Who asked, where, and by which of Discord's interaction types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) user: u64,
    pub(crate) channel: u64,
    /// 2 command, 3 component, 4 autocomplete, 5 modal.
    pub(crate) kind: u8,
}

/// Discord's limit for files in answers, in bytes.
const ATTACHMENT_SIZE_LIMIT: u64 = 10_485_760;

impl State {
    pub(crate) fn interaction_json(
        &self,
        asked: Asked,
        id: u64,
        token: &str,
        data: &Value,
    ) -> Result<Value, ApiError> {
        let channel = self.channel(asked.channel)?;
        let app_bits = self.bits_in(self.bot_id, channel);
        let mut json = json!({
            "id": id.to_string(),
            "application_id": self.application_id.to_string(),
            "type": asked.kind,
            "data": data,
            "channel_id": channel.id.to_string(),
            "channel": self.channel_json(channel),
            "token": token,
            "version": 1,
            "app_permissions": app_bits.to_string(),
            "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
            "authorizing_integration_owners": {},
            "context": u8::from(channel.guild().is_none()),
        });
        match channel.guild() {
            Some(guild) => {
                let bits = self.bits_in(asked.user, channel);
                json["guild_id"] = json!(guild.to_string());
                json["guild"] = json!({"id": guild.to_string(), "locale": "en-US", "features": []});
                json["guild_locale"] = json!("en-US");
                json["authorizing_integration_owners"] = json!({"0": guild.to_string()});
                json["member"] = self.invoker_json(self.member(guild, asked.user)?, bits);
            }
            None => json["user"] = self.user_json(asked.user),
        }
        Ok(json)
    }
}
