//! Messages.

use serde_json::{Value, json};

use super::user::partial_member_json;
use crate::clock::iso;
use crate::mention::{self, Mention};
use crate::snowflake::time_of;
use crate::state::{Channel, Message, State};

impl State {
    /// A message as REST answers it.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        self.message_json_with(message, true)
    }

    fn message_json_with(&self, message: &Message, with_reference: bool) -> Value {
        let mentions = mention::all(&message.content);
        let users = mentions.iter().filter_map(|mention| match mention {
            Mention::User(id) if self.users.contains_key(id) => Some(self.user_json(*id)),
            _ => None,
        });
        let roles = mentions.iter().filter_map(|mention| match mention {
            Mention::Role(id) => Some(id.to_string()),
            _ => None,
        });
        let kind = match (&message.interaction, message.reply_to) {
            (Some(_), _) => 20,
            (None, Some(_)) => 19,
            (None, None) => 0,
        };
        let mut json = json!({
            "id": message.id.to_string(),
            "type": kind,
            "channel_id": message.channel_id.to_string(),
            "author": self.user_json(message.author),
            "content": message.content,
            "timestamp": iso(time_of(message.id)),
            "edited_timestamp": message.edited_ms.map(iso),
            "tts": message.tts,
            "mention_everyone": false,
            "mentions": users.collect::<Vec<_>>(),
            "mention_roles": roles.collect::<Vec<_>>(),
            "attachments": message.attachments,
            "embeds": message.embeds,
            "components": message.components,
            "pinned": false,
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
        if let Some(id) = message.reply_to {
            let guild = self
                .channels
                .get(&message.channel_id)
                .and_then(Channel::guild);
            json["message_reference"] = json!({
                "type": 0,
                "message_id": id.to_string(),
                "channel_id": message.channel_id.to_string(),
                "guild_id": guild.map(|id| id.to_string()),
            });
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
        json["channel_type"] = json!(u8::from(channel.is_none_or(|c| c.guild().is_none())));
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
        let mut counts: Vec<(&str, u64, bool)> = Vec::new();
        for (emoji, user) in &message.reactions {
            let me = *user == self.bot_id;
            match counts.iter_mut().find(|(name, ..)| name == emoji) {
                Some((_, count, mine)) => (*count, *mine) = (*count + 1, *mine || me),
                None => counts.push((emoji, 1, me)),
            }
        }
        let reaction = |(emoji, count, me): (&str, u64, bool)| {
            json!({
                "emoji": {"id": null, "name": emoji},
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
