//! Users, members and roles.

use serde_json::{Value, json};

use crate::clock::iso;
use crate::error::ApiError;
use crate::permissions::Bits;
use crate::state::{Guild, Member, Role, State};

impl State {
    pub(crate) fn user_json(&self, id: u64) -> Value {
        let user = self.users.get(&id);
        let name = self.name_of(id);
        json!({
            "id": id.to_string(),
            "username": name,
            "discriminator": "0",
            "global_name": if user.is_some_and(|u| u.bot) { Value::Null } else { json!(name) },
            "avatar": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "banner": null,
            "accent_color": null,
            "bot": user.is_some_and(|u| u.bot),
            "system": false,
            "flags": 0,
            "public_flags": 0,
        })
    }

    /// The bot's own user, with what only the account itself is told.
    pub(crate) fn current_user_json(&self) -> Value {
        let mut user = self.user_json(self.bot_id);
        user["email"] = Value::Null;
        user["locale"] = json!("en-US");
        user["mfa_enabled"] = json!(true);
        user["verified"] = json!(true);
        user
    }

    pub(crate) fn user_or_unknown(&self, id: u64) -> Result<Value, ApiError> {
        if self.users.contains_key(&id) {
            Ok(self.user_json(id))
        } else {
            Err(ApiError::UNKNOWN_USER)
        }
    }

    pub(crate) fn member_json(&self, member: &Member) -> Value {
        let mut json = partial_member_json(member);
        json["user"] = self.user_json(member.user_id);
        json
    }

    /// The member with all its bits in a channel, as interactions tell it.
    pub(crate) fn invoker_json(&self, member: &Member, bits: Bits) -> Value {
        let mut json = self.member_json(member);
        json["permissions"] = json!(bits.to_string());
        json
    }
}

/// A member without its user, as messages carry it.
pub(crate) fn partial_member_json(member: &Member) -> Value {
    json!({
        "roles": member.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
        "nick": member.nick,
        "avatar": null,
        "banner": null,
        "joined_at": iso(member.joined_ms),
        "premium_since": null,
        "communication_disabled_until": member.timeout_ms.map(iso),
        "deaf": member.deaf,
        "mute": member.mute,
        "pending": false,
        "flags": 0,
    })
}

pub(crate) fn role_json(role: &Role) -> Value {
    let mut json = json!({
        "id": role.id.to_string(),
        "name": role.name,
        "description": null,
        "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": null, "tertiary_color": null},
        "hoist": role.hoist,
        "icon": null,
        "unicode_emoji": null,
        "position": role.position,
        "permissions": role.bits.to_string(),
        "managed": role.managed_by.is_some(),
        "mentionable": role.mentionable,
        "flags": 0,
    });
    if let Some(bot) = role.managed_by {
        json["tags"] = json!({"bot_id": bot.to_string()});
    }
    json
}

pub(crate) fn roles_json(guild: &Guild) -> Vec<Value> {
    guild.roles.values().map(role_json).collect()
}
