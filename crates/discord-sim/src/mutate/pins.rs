//! Pinning messages.

use serde_json::json;

use super::Actor;
use crate::clock::iso;
use crate::error::ApiError;
use crate::limits;
use crate::permissions::{PIN_MESSAGES, READ_MESSAGE_HISTORY};
use crate::state::{Message, State, audit::action};

/// Discord's number of the message that says that one was pinned.
const PINNED: u8 = 6;

impl State {
    /// Pins a message or takes the pin away. Nothing happens when it is so already.
    pub(crate) fn set_pin(
        &mut self,
        actor: &Actor,
        (channel, id): (u64, u64),
        pinned: bool,
    ) -> Result<(), ApiError> {
        self.require_in(actor.user, channel, PIN_MESSAGES | READ_MESSAGE_HISTORY)?;
        let message = self.message(channel, id)?;
        if message.system.is_some() {
            return Err(ApiError::SYSTEM_MESSAGE);
        }
        if message.pinned_ms.is_some() == pinned {
            return Ok(());
        }
        let author = message.author;
        if pinned && self.pins(channel).len() >= limits::PINS {
            return Err(ApiError::TOO_MANY_PINS);
        }
        let now = self.now_ms();
        self.message_mut(channel, id)?.pinned_ms = pinned.then_some(now);
        let last = if pinned {
            self.channel_mut(channel)?.last_pin_ms = Some(now);
            Some(now)
        } else {
            self.channel(channel)?.last_pin_ms
        };
        let data = json!({"last_pin_timestamp": last.map(iso)});
        let data = self.in_channel_json(channel, data);
        self.emit_in_channel("CHANNEL_PINS_UPDATE", channel, data);
        let message = self.message(channel, id)?.clone();
        self.emit_message("MESSAGE_UPDATE", &message);
        if pinned {
            let mut notice = Message::new(self.ids.next(), channel, actor.user);
            notice.system = Some(PINNED);
            notice.reply_to = Some(id);
            self.post(notice);
        }
        if let Some(guild) = self.channel(channel)?.guild() {
            let options = json!({"channel_id": channel.to_string(), "message_id": id.to_string()});
            let entry = if pinned {
                action::MESSAGE_PIN
            } else {
                action::MESSAGE_UNPIN
            };
            self.record(actor, guild, entry, Some(author), Vec::new(), Some(options));
        }
        Ok(())
    }

    /// The pinned messages of a channel, the newest first.
    pub(crate) fn pins(&self, channel: u64) -> Vec<&Message> {
        let all = self.messages.get(&channel).into_iter().flatten();
        all.rev()
            .map(|(_, message)| message)
            .filter(|message| message.pinned_ms.is_some())
            .collect()
    }
}
