//! Channels and threads.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::clock::iso;
use crate::permissions::Overwrite;
use crate::state::{Channel, Kind, State, Thread};

impl State {
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        match channel.kind {
            Kind::Dm(person) => json!({
                "id": channel.id.to_string(),
                "type": 1,
                "flags": 0,
                "last_message_id": channel.last_message.map(|id| id.to_string()),
                "last_pin_timestamp": channel.last_pin_ms.map(iso),
                "recipients": [self.user_json(person)],
            }),
            Kind::Text(guild) | Kind::Category(guild) => guild_channel_json(channel, guild),
            Kind::Voice(guild) => {
                let mut json = guild_channel_json(channel, guild);
                json["bitrate"] = json!(64_000);
                json["user_limit"] = json!(0);
                json["rtc_region"] = Value::Null;
                json["video_quality_mode"] = json!(1);
                json
            }
            Kind::Thread(guild) => match &channel.thread {
                Some(thread) => self.thread_json(channel, thread, guild),
                None => guild_channel_json(channel, guild),
            },
        }
    }

    fn thread_json(&self, channel: &Channel, thread: &Thread, guild: u64) -> Value {
        let messages = self.messages.get(&channel.id).map_or(0, BTreeMap::len);
        let mut json = json!({
            "id": channel.id.to_string(),
            "type": channel.type_number(),
            "guild_id": guild.to_string(),
            "parent_id": channel.parent.map(|id| id.to_string()),
            "owner_id": thread.owner.to_string(),
            "name": channel.name,
            "flags": 0,
            "last_message_id": channel.last_message.map(|id| id.to_string()),
            "last_pin_timestamp": channel.last_pin_ms.map(iso),
            "rate_limit_per_user": channel.slowmode,
            "bitrate": 64_000,
            "user_limit": 0,
            "rtc_region": null,
            "message_count": messages,
            "member_count": thread.members.len().min(50),
            "total_message_sent": thread.sent,
            "thread_metadata": {
                "archived": thread.archived,
                "archive_timestamp": iso(thread.changed_ms),
                "auto_archive_duration": thread.auto_archive,
                "locked": thread.locked,
                "create_timestamp": iso(thread.created_ms),
            },
        });
        if thread.private {
            json["thread_metadata"]["invitable"] = json!(thread.invitable);
        }
        if let Some(since) = thread.members.get(&self.bot_id) {
            json["member"] = thread_member_json(channel.id, self.bot_id, *since);
        }
        json
    }
}

/// Someone's membership of a thread.
pub(crate) fn thread_member_json(thread: u64, user: u64, since_ms: i64) -> Value {
    json!({
        "id": thread.to_string(),
        "user_id": user.to_string(),
        "join_timestamp": iso(since_ms),
        "flags": 0,
    })
}

fn guild_channel_json(channel: &Channel, guild: u64) -> Value {
    json!({
        "id": channel.id.to_string(),
        "type": channel.type_number(),
        "guild_id": guild.to_string(),
        "name": channel.name,
        "position": channel.position,
        "topic": channel.topic,
        "nsfw": channel.nsfw,
        "flags": 0,
        "parent_id": channel.parent.map(|id| id.to_string()),
        "last_message_id": channel.last_message.map(|id| id.to_string()),
        "last_pin_timestamp": channel.last_pin_ms.map(iso),
        "rate_limit_per_user": channel.slowmode,
        "permission_overwrites":
            channel.overwrites.iter().map(overwrite_json).collect::<Vec<_>>(),
    })
}

fn overwrite_json(overwrite: &Overwrite) -> Value {
    json!({
        "id": overwrite.id.to_string(),
        "type": u8::from(overwrite.member),
        "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string(),
    })
}
