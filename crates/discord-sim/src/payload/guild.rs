//! Guilds: as the gateway tells them at the start, and as REST does.

use serde_json::{Value, json};

use super::roles_json;
use crate::clock::iso;
use crate::state::{Guild, State};

/// What this guild does not have, and Discord tells nevertheless.
const ABSENT: [&str; 20] = [
    "icon",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "hub_type",
    "latest_onboarding_question_id",
    "incidents_data",
    "inventory_settings",
    "embed_channel_id",
];

/// What `GET /guilds/{id}` and `GUILD_UPDATE` tell.
pub(crate) fn guild_json(guild: &Guild) -> Value {
    let mut json = json!({
        "id": guild.id.to_string(),
        "name": guild.name,
        "features": [],
        "owner_id": guild.owner.to_string(),
        "region": "us-east",
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "widget_enabled": false,
        "verification_level": 0,
        "roles": roles_json(guild),
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": false,
        "nsfw": false,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "embed_enabled": false,
    });
    for absent in ABSENT {
        json[absent] = Value::Null;
    }
    for (key, value) in &guild.properties {
        json[*key] = value.clone();
    }
    json
}

impl State {
    /// What `GUILD_CREATE` tells every session: the guild, and everything in it but the members.
    pub(crate) fn guild_create_json(&self, guild: &Guild, large: bool) -> Value {
        let mut json = guild_json(guild);
        let channels = self
            .channels
            .values()
            .filter(|channel| channel.listed_in(guild.id));
        let threads = self.channels.values().filter(|channel| {
            let active = channel
                .thread
                .as_ref()
                .is_some_and(|thread| !thread.archived);
            active && channel.guild() == Some(guild.id) && self.bot_sees(channel)
        });
        let threads: Vec<Value> = threads.map(|thread| self.channel_json(thread)).collect();
        json["joined_at"] = json!(iso(guild.joined_ms));
        json["large"] = json!(large);
        json["unavailable"] = json!(false);
        json["member_count"] = json!(guild.members.len());
        json["channels"] = channels.map(|channel| self.channel_json(channel)).collect();
        json["emojis"] = guild
            .emojis
            .values()
            .map(|emoji| self.emoji_json(emoji))
            .collect();
        json["threads"] = json!(threads);
        for empty in [
            "members",
            "voice_states",
            "presences",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds",
        ] {
            json[empty] = json!([]);
        }
        json
    }
}
