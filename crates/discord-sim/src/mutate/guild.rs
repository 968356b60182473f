//! The guild itself.

use serde_json::Value;

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::limits;
use crate::payload::guild_json;
use crate::permissions::MANAGE_GUILD;
use crate::state::{Kind, State, audit::action};

/// What a property of a guild may be.
enum Range {
    /// A number up to this.
    UpTo(u64),
    /// A text of at most so many characters, or none.
    Text(usize),
    /// A channel of the guild, or none.
    Channel,
}

/// The properties that can be changed beside the name, none of which changes anything here.
const PROPERTIES: [(&str, Range); 11] = [
    ("description", Range::Text(300)),
    ("preferred_locale", Range::Text(5)),
    ("verification_level", Range::UpTo(4)),
    ("default_message_notifications", Range::UpTo(1)),
    ("explicit_content_filter", Range::UpTo(2)),
    ("afk_timeout", Range::UpTo(3_600)),
    ("system_channel_flags", Range::UpTo(u64::MAX)),
    ("afk_channel_id", Range::Channel),
    ("system_channel_id", Range::Channel),
    ("rules_channel_id", Range::Channel),
    ("public_updates_channel_id", Range::Channel),
];

impl State {
    /// `PATCH /guilds/{id}`.
    pub(crate) fn edit_guild(
        &mut self,
        actor: &Actor,
        guild: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        self.require(actor.user, guild, MANAGE_GUILD)?;
        let mut new = self.guild(guild)?.clone();
        if let Some(name) = edit["name"].as_str() {
            if !limits::GUILD_NAME.contains(&name.chars().count()) {
                let message = "Must be between 2 and 100 in length.";
                return Err(ApiError::invalid("name", "BASE_TYPE_BAD_LENGTH", message));
            }
            name.clone_into(&mut new.name);
        }
        for (key, range) in &PROPERTIES {
            if let Some(value) = edit.get(*key) {
                self.check_property(guild, key, range, value)?;
                new.properties.insert(key, value.clone());
            }
        }
        let (before, after) = (guild_json(self.guild(guild)?), guild_json(&new));
        let keys = PROPERTIES.iter().map(|(key, _)| *key).chain(["name"]);
        let changes: Vec<Value> = keys
            .filter(|key| before[key] != after[key])
            .map(|key| change(key, before[key].clone(), after[key].clone()))
            .collect();
        if changes.is_empty() {
            return Ok(());
        }
        *self.guild_mut(guild)? = new;
        self.emit_in_guild("GUILD_UPDATE", guild, after);
        let entry = action::GUILD_UPDATE;
        self.record(actor, guild, entry, Some(guild), changes, None);
        Ok(())
    }

    fn check_property(
        &self,
        guild: u64,
        key: &str,
        range: &Range,
        value: &Value,
    ) -> Result<(), ApiError> {
        match range {
            Range::UpTo(max) if value.as_u64().is_none_or(|number| number > *max) => {
                let message = format!("int value should be between 0 and {max}.");
                Err(ApiError::invalid(key, "NUMBER_TYPE_MAX", message))
            }
            Range::Text(max) => match value {
                Value::Null => Ok(()),
                Value::String(text) if text.chars().count() <= *max => Ok(()),
                _ => Err(ApiError::too_long(key, *max)),
            },
            Range::Channel if !value.is_null() => {
                let id = value.as_str().and_then(|id| id.parse().ok());
                let channel = id.and_then(|id| self.channels.get(&id));
                let fits = |kind| matches!(kind, Kind::Text(of) | Kind::Voice(of) if of == guild);
                if channel.is_some_and(|channel| fits(channel.kind)) {
                    Ok(())
                } else {
                    Err(ApiError::invalid(key, "CHANNEL_INVALID", "Invalid channel"))
                }
            }
            _ => Ok(()),
        }
    }
}
