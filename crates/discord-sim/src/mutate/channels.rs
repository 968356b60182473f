//! Channels: making, editing, moving and deleting them.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use super::overwrites::parsed_overwrites;
use super::threads::checked_slowmode;
use crate::error::ApiError;
use crate::limits;
use crate::permissions::MANAGE_CHANNELS;
use crate::shown::{Shown, ShownKind};
use crate::state::{Channel, Kind, State, audit::action};

impl State {
    /// Makes a text or voice channel or a category, at the end of the list unless it says where.
    pub(crate) fn create_channel(
        &mut self,
        actor: &Actor,
        guild: u64,
        spec: &Value,
    ) -> Result<u64, ApiError> {
        self.require(actor.user, guild, MANAGE_CHANNELS)?;
        let kind = match spec["type"].as_u64().unwrap_or(0) {
            0 => Kind::Text(guild),
            2 => Kind::Voice(guild),
            4 => Kind::Category(guild),
            _ => {
                let message = "this simulator has text and voice channels and categories only";
                return Err(ApiError::invalid("type", "BASE_TYPE_CHOICES", message));
            }
        };
        let Some(name) = spec["name"].as_str() else {
            return Err(ApiError::required("name"));
        };
        let here = self.channels.values().filter(|c| c.listed_in(guild));
        let last = here.clone().map(|channel| channel.position + 1).max();
        if here.count() >= limits::CHANNELS {
            return Err(ApiError::TOO_MANY_CHANNELS);
        }
        let mut channel = Channel::new(self.ids.next(), name, kind);
        channel.position = last.unwrap_or(0);
        let channel = self.edited_channel(actor, guild, &channel, spec)?;
        let (id, data) = (channel.id, self.channel_json(&channel));
        self.channels.insert(id, channel);
        self.emit_in_guild("CHANNEL_CREATE", guild, data.clone());
        let changes = vec![
            change("name", Value::Null, json!(name)),
            change("type", Value::Null, data["type"].clone()),
        ];
        let entry = action::CHANNEL_CREATE;
        self.record(actor, guild, entry, Some(id), changes, None);
        self.show_channel(actor, id, "created");
        Ok(id)
    }

    /// `PATCH /channels/{id}`.
    pub(crate) fn edit_channel(
        &mut self,
        actor: &Actor,
        id: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        if self.channel(id)?.thread.is_some() {
            return self.edit_thread(actor, id, edit);
        }
        self.require_in(actor.user, id, MANAGE_CHANNELS)?;
        let old = self.channel(id)?.clone();
        let Some(guild) = old.guild() else {
            return Err(ApiError::NOT_IN_DMS);
        };
        let new = self.edited_channel(actor, guild, &old, edit)?;
        let (before, after) = (self.channel_json(&old), self.channel_json(&new));
        if before == after {
            return Ok(());
        }
        let named = [
            "name",
            "topic",
            "rate_limit_per_user",
            "nsfw",
            "parent_id",
            "position",
        ];
        let changes: Vec<Value> = named
            .into_iter()
            .filter(|key| before[key] != after[key])
            .map(|key| change(key, before[key].clone(), after[key].clone()))
            .collect();
        self.channels.insert(id, new);
        self.emit_channel_update(id)?;
        if !changes.is_empty() {
            let entry = action::CHANNEL_UPDATE;
            self.record(actor, guild, entry, Some(id), changes, None);
        }
        self.record_overwrites(actor, guild, id, &old.overwrites);
        self.show_channel(actor, id, "updated");
        Ok(())
    }

    /// A channel with the properties that a request names, when all of them are allowed.
    fn edited_channel(
        &self,
        actor: &Actor,
        guild: u64,
        channel: &Channel,
        edit: &Value,
    ) -> Result<Channel, ApiError> {
        let mut new = channel.clone();
        if let Some(name) = edit["name"].as_str() {
            let length = name.chars().count();
            if length == 0 || length > limits::CHANNEL_NAME {
                let message = format!("Must be between 1 and {} in length.", limits::CHANNEL_NAME);
                return Err(ApiError::invalid("name", "BASE_TYPE_BAD_LENGTH", message));
            }
            name.clone_into(&mut new.name);
        }
        if let Some(topic) = edit.get("topic") {
            let topic = topic.as_str().filter(|topic| !topic.is_empty());
            if topic.is_some_and(|topic| topic.chars().count() > limits::TOPIC) {
                return Err(ApiError::too_long("topic", limits::TOPIC));
            }
            new.topic = topic.map(str::to_owned);
        }
        new.slowmode = checked_slowmode(edit)?.unwrap_or(new.slowmode);
        new.nsfw = edit["nsfw"].as_bool().unwrap_or(new.nsfw);
        if let Some(position) = edit["position"].as_i64() {
            if !(0..=limits::POSITION).contains(&position) {
                let message = format!("int value should be between 0 and {}.", limits::POSITION);
                return Err(ApiError::invalid("position", "NUMBER_TYPE_MAX", message));
            }
            new.position = position;
        }
        if let Some(parent) = edit.get("parent_id") {
            let parent = parent.as_str().and_then(|id| id.parse().ok());
            if let Some(parent) = parent
                && self.channel(parent).map(|c| c.kind) != Ok(Kind::Category(guild))
            {
                let message = "Not a category";
                let code = "CHANNEL_PARENT_INVALID_TYPE";
                return Err(ApiError::invalid("parent_id", code, message));
            }
            new.parent = parent;
        }
        if edit["permission_overwrites"].is_array() {
            let wanted = parsed_overwrites(&edit["permission_overwrites"])?;
            self.may_overwrite(actor, guild, channel, &wanted)?;
            new.overwrites = wanted;
        }
        Ok(new)
    }

    /// `PATCH /guilds/{id}/channels`: moves channels, and tells of each.
    pub(crate) fn move_channels(
        &mut self,
        actor: &Actor,
        guild: u64,
        moves: &Value,
    ) -> Result<(), ApiError> {
        self.require(actor.user, guild, MANAGE_CHANNELS)?;
        let moves = moves.as_array().map_or(&[][..], Vec::as_slice);
        for entry in moves {
            let id = entry["id"].as_str().and_then(|id| id.parse().ok());
            let id = id.ok_or_else(|| ApiError::required("id"))?;
            if self.channel(id)?.guild() != Some(guild) {
                return Err(ApiError::UNKNOWN_CHANNEL);
            }
            self.edit_channel(actor, id, entry)?;
        }
        Ok(())
    }

    /// Deletes a guild's channel with everything in it; of a category the channels stay.
    pub(crate) fn delete_channel(&mut self, actor: &Actor, id: u64) -> Result<Value, ApiError> {
        if self.channel(id)?.thread.is_some() {
            return self.delete_thread(actor, id);
        }
        self.require_in(actor.user, id, MANAGE_CHANNELS)?;
        let channel = self.channel(id)?;
        let Some(guild) = channel.guild() else {
            return Err(ApiError::NOT_IN_DMS);
        };
        let (data, name) = (self.channel_json(channel), json!(channel.name));
        self.show_channel(actor, id, "deleted");
        self.channels.remove(&id);
        self.messages.remove(&id);
        self.webhooks.retain(|_, webhook| webhook.channel != id);
        self.invites.retain(|_, invite| invite.channel != id);
        let below: Vec<u64> = self
            .channels
            .values()
            .filter(|channel| channel.parent == Some(id))
            .map(|channel| channel.id)
            .collect();
        for below in below {
            let thread = self.channel(below)?.thread.is_some();
            if thread {
                self.channels.remove(&below);
                self.messages.remove(&below);
            } else {
                self.channel_mut(below)?.parent = None;
                self.emit_channel_update(below)?;
            }
        }
        self.emit_in_guild("CHANNEL_DELETE", guild, data.clone());
        let changes = vec![change("name", name, Value::Null)];
        let entry = action::CHANNEL_DELETE;
        self.record(actor, guild, entry, Some(id), changes, None);
        Ok(data)
    }

    pub(super) fn emit_channel_update(&mut self, id: u64) -> Result<(), ApiError> {
        let channel = self.channel(id)?;
        let data = self.channel_json(channel);
        if let Some(guild) = channel.guild() {
            self.emit_in_guild("CHANNEL_UPDATE", guild, data);
        }
        Ok(())
    }

    pub(super) fn show_channel(&mut self, actor: &Actor, id: u64, what: &str) {
        let mut shown = Shown::new(ShownKind::Channel);
        shown.author = Some(self.name_of(actor.user));
        shown.channel = self.channels.get(&id).map(|channel| channel.name.clone());
        shown.content = Some(what.to_owned());
        shown.reason.clone_from(&actor.reason);
        self.show(shown);
    }
}
