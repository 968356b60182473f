//! Channels.

use serde_json::{Value, json};

use crate::permissions::Overwrite;
use crate::state::{Channel, Kind, State};

impl State {
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        match channel.kind {
            Kind::Dm(person) => json!({
                "id": channel.id.to_string(),
                "type": 1,
                "flags": 0,
                "last_message_id": channel.last_message.map(|id| id.to_string()),
                "last_pin_timestamp": null,
                "recipients": [self.user_json(person)],
            }),
            Kind::Text(guild) => guild_channel_json(channel, guild, 0),
            Kind::Voice(guild) => {
                let mut json = guild_channel_json(channel, guild, 2);
                json["bitrate"] = json!(64_000);
                json["user_limit"] = json!(0);
                json["rtc_region"] = Value::Null;
                json["video_quality_mode"] = json!(1);
                json
            }
        }
    }
}

fn guild_channel_json(channel: &Channel, guild: u64, kind: u8) -> Value {
    let last = channel.last_message.map(|id| id.to_string());
    json!({
                "id": channel.id.to_string(),
                "type": kind,
                "guild_id": guild.to_string(),
                "name": channel.name,
                "position": channel.position,
                "topic": channel.topic,
                "nsfw": false,
                "flags": 0,
                "parent_id": null,
                "last_message_id": last,
                "last_pin_timestamp": null,
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
