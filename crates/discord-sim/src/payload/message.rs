//! Messages.

use serde_json::{Value, json};

use super::user::partial_member_json;
use crate::clock::iso;
use crate::snowflake::time_of;
use crate::state::{Channel, Emoji, Message, State};

impl State {
    /// A message as REST answers it.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        self.message_json_with(message, true)
    }

    fn message_json_with(&self, message: &Message, with_reference: bool) -> Value {
        let users = message.notified.users.iter();
        let roles = message.notified.roles.iter().map(u64::to_string);
        let author = match &message.webhook {
            Some((id, name)) => Self::webhook_author_json(*id, name),
            None => self.user_json(message.author),
        };
        let kind = match (message.system, &message.interaction, message.reply_to) {
            (Some(kind), ..) => kind,
            (None, Some(_), _) => 20,
            (None, None, Some(_)) => 19,
            (None, None, None) => 0,
        };
        let mut json = json!({
            "id": message.id.to_string(),
            "type": kind,
            "channel_id": message.channel_id.to_string(),
            "author": author,
            "content": message.content,
            "timestamp": iso(time_of(message.id)),
            "edited_timestamp": message.edited_ms.map(iso),
            "tts": message.tts,
            "mention_everyone": message.notified.everyone,
            "mentions": users.map(|id| self.user_json(*id)).collect::<Vec<_>>(),
            "mention_roles": roles.collect::<Vec<_>>(),
            "attachments": message.attachments,
            "embeds": message.embeds,
            "components": message.components,
            "pinned": message.pinned_ms.is_some(),
            "flags": message.flags,
        });
        if let Some(nonce) = &message.nonce {
            json["nonce"] = nonce.clone();
        }
        if !message.reactions.is_empty() {
            json["reactions"] = self.reactions_json(message);
        }
        if let Some(interaction) = &message.interaction {
            json["interaction_metadata"] = interaction.clone();
            json["webhook_id"] = json!(self.application_id.to_string());
            json["application_id"] = json!(self.application_id.to_string());
        }
        if let Some((id, _)) = &message.webhook {
            json["webhook_id"] = json!(id.to_string());
        }
        if let Some(thread) = message.thread.and_then(|id| self.channels.get(&id)) {
            json["thread"] = self.channel_json(thread);
        }
        if let Some(id) = message.reply_to {
            let reference = json!({"type": 0, "message_id": id.to_string()});
            json["message_reference"] = self.in_channel_json(message.channel_id, reference);
            if with_reference {
                let original = self.message(message.channel_id, id).ok();
                json["referenced_message"] =
                    original.map_or(Value::Null, |m| self.message_json_with(m, false));
            }
        }
        json
    }

    /// A message as the gateway tells it: with its guild, and with the author's membership.
    pub(crate) fn message_event_json(&self, message: &Message) -> Value {
        let mut json = self.message_json(message);
        let channel = self.channels.get(&message.channel_id);
        json["channel_type"] = json!(channel.map_or(1, Channel::type_number));
        let Some(guild) = channel.and_then(Channel::guild) else {
            return json;
        };
        json["guild_id"] = json!(guild.to_string());
        if let Ok(member) = self.member(guild, message.author) {
            json["member"] = partial_member_json(member);
        }
        let mentioned = json["mentions"].as_array().cloned().unwrap_or_default();
        let with_members = mentioned.into_iter().map(|mut user| {
            let id = user["id"]
                .as_str()
                .and_then(|id| id.parse().ok())
                .unwrap_or(0);
            if let Ok(member) = self.member(guild, id) {
                user["member"] = partial_member_json(member);
            }
            user
        });
        json["mentions"] = with_members.collect();
        json
    }

    fn reactions_json(&self, message: &Message) -> Value {
        let mut counts: Vec<(&Emoji, u64, bool)> = Vec::new();
        for (emoji, user) in &message.reactions {
            let me = *user == self.bot_id;
            match counts.iter_mut().find(|(known, ..)| known.is(emoji)) {
                Some((_, count, mine)) => (*count, *mine) = (*count + 1, *mine || me),
                None => counts.push((emoji, 1, me)),
            }
        }
        let reaction = |(emoji, count, me): (&Emoji, u64, bool)| {
            json!({
                "emoji": emoji.to_json(),
                "count": count,
                "count_details": {"burst": 0, "normal": count},
                "burst_colors": [],
                "me": me,
                "me_burst": false,
            })
        };
        counts.into_iter().map(reaction).collect()
    }
}
