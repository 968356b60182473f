//! A guild's own emoji.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::limits;
use crate::permissions::{CREATE_GUILD_EXPRESSIONS, MANAGE_GUILD_EXPRESSIONS};
use crate::state::{GuildEmoji, State, audit::action};

impl State {
    pub(crate) fn create_emoji(
        &mut self,
        actor: &Actor,
        guild: u64,
        spec: &Value,
    ) -> Result<u64, ApiError> {
        self.require(actor.user, guild, CREATE_GUILD_EXPRESSIONS)?;
        let name = checked_name(spec)?.ok_or_else(|| ApiError::required("name"))?;
        let image = spec["image"].as_str().unwrap_or_default();
        if !image.starts_with("data:image/") {
            let message = "Invalid image data";
            return Err(ApiError::invalid("image", "BINARY_TYPE_INVALID", message));
        }
        if self.guild(guild)?.emojis.len() >= limits::EMOJI {
            return Err(ApiError::TOO_MANY_EMOJI);
        }
        let emoji = GuildEmoji {
            id: self.ids.next(),
            name: name.clone(),
            author: actor.user,
            roles: role_ids(spec).unwrap_or_default(),
        };
        let id = emoji.id;
        self.guild_mut(guild)?.emojis.insert(id, emoji);
        let changes = vec![change("name", Value::Null, json!(name))];
        self.tell_emojis(actor, guild, action::EMOJI_CREATE, id, changes)?;
        Ok(id)
    }

    pub(crate) fn edit_emoji(
        &mut self,
        actor: &Actor,
        guild: u64,
        id: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        self.may_manage_emoji(actor, guild, id)?;
        let name = checked_name(edit)?;
        let emoji = self.guild_mut(guild)?.emojis.get_mut(&id);
        let emoji = emoji.ok_or(ApiError::UNKNOWN_EMOJI)?;
        let mut changes = Vec::new();
        if let Some(name) = name.filter(|name| *name != emoji.name) {
            changes.push(change("name", json!(emoji.name), json!(name)));
            emoji.name = name;
        }
        if let Some(roles) = role_ids(edit) {
            emoji.roles = roles;
        }
        self.tell_emojis(actor, guild, action::EMOJI_UPDATE, id, changes)
    }

    pub(crate) fn delete_emoji(
        &mut self,
        actor: &Actor,
        guild: u64,
        id: u64,
    ) -> Result<(), ApiError> {
        self.may_manage_emoji(actor, guild, id)?;
        let emoji = self.guild_mut(guild)?.emojis.remove(&id);
        let name = emoji.ok_or(ApiError::UNKNOWN_EMOJI)?.name;
        let changes = vec![change("name", json!(name), Value::Null)];
        self.tell_emojis(actor, guild, action::EMOJI_DELETE, id, changes)
    }

    /// Whoever made an emoji may change it with the right to make some.
    fn may_manage_emoji(&self, actor: &Actor, guild: u64, id: u64) -> Result<(), ApiError> {
        let emoji = self.guild(guild)?.emojis.get(&id);
        let own = emoji.ok_or(ApiError::UNKNOWN_EMOJI)?.author == actor.user;
        let by_right = self.require(actor.user, guild, MANAGE_GUILD_EXPRESSIONS);
        if own {
            by_right.or_else(|_| self.require(actor.user, guild, CREATE_GUILD_EXPRESSIONS))
        } else {
            by_right
        }
    }

    fn tell_emojis(
        &mut self,
        actor: &Actor,
        guild: u64,
        entry: u16,
        id: u64,
        changes: Vec<Value>,
    ) -> Result<(), ApiError> {
        let emojis = self.guild(guild)?.emojis.values();
        let all: Vec<Value> = emojis.map(|emoji| self.emoji_json(emoji)).collect();
        let data = json!({"guild_id": guild.to_string(), "emojis": all});
        self.emit_in_guild("GUILD_EMOJIS_UPDATE", guild, data);
        self.record(actor, guild, entry, Some(id), changes, None);
        Ok(())
    }
}

fn checked_name(spec: &Value) -> Result<Option<String>, ApiError> {
    let Some(name) = spec["name"].as_str() else {
        return Ok(None);
    };
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !plain || !limits::EMOJI_NAME.contains(&name.chars().count()) {
        let message = "Must be 2 to 32 letters, digits and underscores.";
        return Err(ApiError::invalid("name", "STRING_TYPE_REGEX", message));
    }
    Ok(Some(name.to_owned()))
}

fn role_ids(spec: &Value) -> Option<Vec<u64>> {
    let roles = spec["roles"].as_array()?.iter();
    Some(roles.filter_map(|id| id.as_str()?.parse().ok()).collect())
}
