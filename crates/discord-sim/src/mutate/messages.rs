//! Messages: sending, editing and deleting them.

use serde_json::{Value, json};

use super::{Actor, Content};
use crate::error::ApiError;
use crate::limits;
use crate::permissions::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES,
};
use crate::shown::ShownKind;
use crate::snowflake::time_of;
use crate::state::channel::LOADING;
use crate::state::{Channel, Kind, Message, State, audit::action};

impl State {
    /// The bot sends a message. The same nonce twice answers the first message again.
    pub(crate) fn send(&mut self, channel: u64, content: Content) -> Result<u64, ApiError> {
        self.may_send(channel, &content)?;
        let key = content
            .nonce
            .as_ref()
            .map(|nonce| (channel, nonce_text(nonce)));
        if content.enforce_nonce
            && let Some(known) = key.as_ref().and_then(|key| self.nonces.get(key))
            && self.now_ms() - time_of(*known) <= limits::NONCE_MS
            && self.message(channel, *known).is_ok()
        {
            return Ok(*known);
        }
        if content.is_empty() {
            return Err(ApiError::EMPTY_MESSAGE);
        }
        let reply_to = self.reply_target(channel, &content)?;
        self.enter_thread(self.bot_id, channel)?;
        let mut message = Message::new(self.ids.next(), channel, self.bot_id);
        message.reply_to = reply_to;
        fill(&mut message, content);
        let id = self.post(message);
        if let Some(key) = key {
            self.nonces.insert(key, id);
        }
        Ok(id)
    }

    fn may_send(&self, channel: u64, content: &Content) -> Result<(), ApiError> {
        if let Some(person) = self.channel(channel)?.recipient() {
            let open = self
                .users
                .get(&person)
                .is_some_and(|user| user.dms_open && !user.bot);
            return if open && self.shares_guild_with_bot(person) {
                Ok(())
            } else {
                Err(ApiError::CANNOT_DM)
            };
        }
        if let Kind::Category(_) = self.channel(channel)?.kind {
            return Err(ApiError::NO_TEXT_CHANNEL);
        }
        let embeds = if content.has_embeds() { EMBED_LINKS } else { 0 };
        let files = if content.uploads.is_empty() {
            0
        } else {
            ATTACH_FILES
        };
        let reply = if content.reply_to.is_some() {
            READ_MESSAGE_HISTORY
        } else {
            0
        };
        self.require_in(self.bot_id, channel, SEND_MESSAGES | embeds | files | reply)
    }

    fn reply_target(&self, channel: u64, content: &Content) -> Result<Option<u64>, ApiError> {
        let Some(id) = content.reply_to else {
            return Ok(None);
        };
        match self.message(channel, id) {
            Ok(_) => Ok(Some(id)),
            Err(_) if !content.reply_must_exist => Ok(None),
            Err(_) => {
                let code = "REPLIES_UNKNOWN_MESSAGE";
                Err(ApiError::invalid(
                    "message_reference",
                    code,
                    "Unknown message",
                ))
            }
        }
    }

    /// Puts a message where it belongs, tells of it and shows it.
    pub(crate) fn post(&mut self, mut message: Message) -> u64 {
        message.notified = self.notified(&message);
        let (id, channel) = (message.id, message.channel_id);
        self.emit_message("MESSAGE_CREATE", &message);
        if !message.deferred {
            self.show_message(ShownKind::Message, &message);
        }
        if message.ephemeral_for.is_none()
            && let Some(channel) = self.channels.get_mut(&channel)
        {
            channel.last_message = Some(id);
            if let Some(thread) = &mut channel.thread {
                thread.sent += 1;
            }
        }
        self.messages
            .entry(channel)
            .or_default()
            .insert(id, message);
        id
    }

    pub(crate) fn emit_message(&mut self, name: &'static str, message: &Message) {
        if message.ephemeral_for.is_none() {
            let data = self.message_event_json(message);
            self.emit_in_channel(name, message.channel_id, data);
        }
    }

    /// Changes what a message carries. The one who asks has been checked.
    pub(crate) fn rewrite(&mut self, channel: u64, id: u64, edit: Content) -> Result<(), ApiError> {
        let now = self.now_ms();
        let message = self.message_mut(channel, id)?;
        let before = message.clone();
        let was_deferred = std::mem::take(&mut message.deferred);
        if was_deferred {
            message.flags &= !LOADING;
        } else {
            message.edited_ms = Some(now);
        }
        fill(message, edit);
        let nothing_left = message.content.is_empty()
            && message.embeds.is_empty()
            && message.components.is_empty()
            && message.attachments.is_empty();
        if nothing_left {
            *message = before;
            return Err(ApiError::EMPTY_MESSAGE);
        }
        let edited = message.clone();
        let notified = self.notified(&edited);
        let message = self.message_mut(channel, id)?;
        message.notified = notified;
        let message = message.clone();
        self.emit_message("MESSAGE_UPDATE", &message);
        let kind = if was_deferred {
            ShownKind::Message
        } else {
            ShownKind::Edit
        };
        self.show_message(kind, &message);
        Ok(())
    }

    /// Someone gives a message of theirs another text.
    pub(crate) fn change_text(
        &mut self,
        channel: u64,
        id: u64,
        text: String,
    ) -> Result<(), ApiError> {
        let edit = Content {
            text: Some(text),
            ..Content::default()
        };
        self.rewrite(channel, id, edit)
    }

    /// The bot edits a message of its own.
    pub(crate) fn edit(&mut self, channel: u64, id: u64, edit: Content) -> Result<(), ApiError> {
        self.require_in(self.bot_id, channel, 0)?;
        if self.message(channel, id)?.author != self.bot_id {
            return Err(ApiError::FOREIGN_MESSAGE);
        }
        self.rewrite(channel, id, edit)
    }

    /// Deletes one message: an own one, or someone else's with `MANAGE_MESSAGES`.
    pub(crate) fn delete(&mut self, actor: &Actor, channel: u64, id: u64) -> Result<(), ApiError> {
        self.require_in(actor.user, channel, 0)?;
        let author = self.message(channel, id)?.author;
        let guild = self.channel(channel)?.guild();
        if author != actor.user {
            if guild.is_none() {
                return Err(ApiError::FOREIGN_MESSAGE);
            }
            self.require_in(actor.user, channel, MANAGE_MESSAGES)?;
        }
        self.remove_message(channel, id)?;
        if let Some(guild) = guild.filter(|_| author != actor.user) {
            let options = json!({"channel_id": channel.to_string(), "count": "1"});
            let entry = action::MESSAGE_DELETE;
            self.record(actor, guild, entry, Some(author), Vec::new(), Some(options));
        }
        Ok(())
    }

    /// Deletes 2 to 100 messages, none of them older than 14 days. Unknown ones are left out.
    pub(crate) fn bulk_delete(
        &mut self,
        actor: &Actor,
        channel: u64,
        ids: &[u64],
    ) -> Result<(), ApiError> {
        self.require_in(actor.user, channel, MANAGE_MESSAGES | READ_MESSAGE_HISTORY)?;
        let Some(guild) = self.channel(channel)?.guild() else {
            return Err(ApiError::MISSING_PERMISSIONS);
        };
        if !(2..=100).contains(&ids.len()) {
            return Err(ApiError::BULK_DELETE_COUNT);
        }
        let oldest = self.now_ms() - limits::BULK_DELETE_AGE_MS;
        if ids.iter().any(|id| time_of(*id) < oldest) {
            return Err(ApiError::BULK_DELETE_AGE);
        }
        let removed = self.remove_messages(channel, ids);
        let options = json!({"count": removed.to_string()});
        let entry = action::MESSAGE_BULK_DELETE;
        self.record(
            actor,
            guild,
            entry,
            Some(channel),
            Vec::new(),
            Some(options),
        );
        Ok(())
    }

    /// Takes a message away and tells of it.
    pub(crate) fn remove_message(&mut self, channel: u64, id: u64) -> Result<(), ApiError> {
        self.message(channel, id)?;
        let Some(message) = self
            .messages
            .get_mut(&channel)
            .and_then(|all| all.remove(&id))
        else {
            return Err(ApiError::UNKNOWN_MESSAGE);
        };
        if message.ephemeral_for.is_none() {
            let data = self.in_channel_json(channel, json!({"id": id.to_string()}));
            self.emit_in_channel("MESSAGE_DELETE", channel, data);
        }
        self.show_message(ShownKind::Delete, &message);
        Ok(())
    }

    /// Takes several messages away with one event. Answers how many there were.
    pub(crate) fn remove_messages(&mut self, channel: u64, ids: &[u64]) -> usize {
        let Some(all) = self.messages.get_mut(&channel) else {
            return 0;
        };
        let removed: Vec<Message> = ids.iter().filter_map(|id| all.remove(id)).collect();
        if removed.is_empty() {
            return 0;
        }
        let ids: Vec<String> = removed
            .iter()
            .map(|message| message.id.to_string())
            .collect();
        let data = self.in_channel_json(channel, json!({"ids": ids}));
        self.emit_in_channel("MESSAGE_DELETE_BULK", channel, data);
        for message in &removed {
            self.show_message(ShownKind::Delete, message);
        }
        removed.len()
    }

    /// Adds a channel and its guild to the data of an event.
    pub(crate) fn in_channel_json(&self, channel: u64, mut data: Value) -> Value {
        data["channel_id"] = json!(channel.to_string());
        let guild = self.channels.get(&channel).and_then(Channel::guild);
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild.to_string());
        }
        data
    }
}

/// Puts into a message what a request carries; what the request does not name stays.
pub(crate) fn fill(message: &mut Message, content: Content) {
    if let Some(text) = content.text {
        message.content = text;
    }
    if let Some(embeds) = content.embeds {
        message.embeds = embeds;
    }
    if let Some(components) = content.components {
        message.components = components;
    }
    if let Some(kept) = content.kept {
        message
            .attachments
            .retain(|file| kept.iter().any(|keep| keep["id"] == file["id"]));
    }
    message.attachments.extend(content.uploads);
    if let Some(allowed) = content.allowed {
        message.allowed = allowed;
    }
    message.flags |= content.flags;
    message.tts = content.tts;
    if content.nonce.is_some() {
        message.nonce = content.nonce;
    }
}

fn nonce_text(nonce: &Value) -> String {
    nonce
        .as_str()
        .map_or_else(|| nonce.to_string(), str::to_owned)
}
