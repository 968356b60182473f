//! Channels: making, editing and deleting them.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::limits;
use crate::permissions::MANAGE_CHANNELS;
use crate::shown::{Shown, ShownKind};
use crate::state::{Channel, Kind, State, audit::action};

impl State {
    /// Makes a text channel at the end of the list.
    pub(crate) fn create_channel(
        &mut self,
        actor: &Actor,
        guild: u64,
        name: &str,
    ) -> Result<u64, ApiError> {
        self.require(actor.user, guild, MANAGE_CHANNELS)?;
        let length = name.chars().count();
        if length == 0 || length > limits::CHANNEL_NAME {
            return Err(ApiError::too_long("name", limits::CHANNEL_NAME));
        }
        let last = self.channels.values().filter(|c| c.guild() == Some(guild));
        let channel = Channel {
            id: self.ids.next(),
            position: last.map(|channel| channel.position + 1).max().unwrap_or(0),
            name: name.to_owned(),
            kind: Kind::Text(guild),
            overwrites: Vec::new(),
            topic: None,
            slowmode: 0,
            last_message: None,
        };
        let (id, data) = (channel.id, self.channel_json(&channel));
        self.channels.insert(id, channel);
        self.emit_in_guild("CHANNEL_CREATE", guild, data);
        let changes = vec![change("name", Value::Null, json!(name))];
        self.record(
            actor,
            guild,
            action::CHANNEL_CREATE,
            Some(id),
            changes,
            None,
        );
        self.show_channel(actor, id, "created");
        Ok(id)
    }

    /// `PATCH /channels/{id}`: name, topic and slowmode.
    pub(crate) fn edit_channel(
        &mut self,
        actor: &Actor,
        id: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        self.require_in(actor.user, id, MANAGE_CHANNELS)?;
        let slowmode = edit
            .get("rate_limit_per_user")
            .map(|v| v.as_u64().unwrap_or(0));
        if slowmode.is_some_and(|seconds| seconds > limits::SLOWMODE_SECONDS) {
            let message = format!(
                "int value should be less than or equal to {}.",
                limits::SLOWMODE_SECONDS
            );
            return Err(ApiError::invalid(
                "rate_limit_per_user",
                "NUMBER_TYPE_MAX",
                message,
            ));
        }
        let Some(channel) = self.channels.get_mut(&id) else {
            return Err(ApiError::UNKNOWN_CHANNEL);
        };
        let Some(guild) = channel.guild() else {
            return Err(ApiError::MISSING_PERMISSIONS);
        };
        let mut changes = Vec::new();
        if let Some(name) = edit["name"].as_str().filter(|name| *name != channel.name) {
            changes.push(change("name", json!(channel.name), json!(name)));
            name.clone_into(&mut channel.name);
        }
        if let Some(topic) = edit
            .get("topic")
            .map(|topic| topic.as_str().map(str::to_owned))
            && topic != channel.topic
        {
            changes.push(change("topic", json!(channel.topic), json!(topic)));
            channel.topic = topic;
        }
        if let Some(seconds) = slowmode.filter(|seconds| *seconds != channel.slowmode) {
            let (old, new) = (json!(channel.slowmode), json!(seconds));
            changes.push(change("rate_limit_per_user", old, new));
            channel.slowmode = seconds;
        }
        if changes.is_empty() {
            return Ok(());
        }
        self.emit_channel_update(id)?;
        self.record(
            actor,
            guild,
            action::CHANNEL_UPDATE,
            Some(id),
            changes,
            None,
        );
        self.show_channel(actor, id, "updated");
        Ok(())
    }

    /// Deletes a guild's channel with everything in it.
    pub(crate) fn delete_channel(&mut self, actor: &Actor, id: u64) -> Result<Value, ApiError> {
        self.require_in(actor.user, id, MANAGE_CHANNELS)?;
        let channel = self.channel(id)?;
        let Some(guild) = channel.guild() else {
            return Err(ApiError::MISSING_PERMISSIONS);
        };
        let (data, name) = (self.channel_json(channel), json!(channel.name));
        self.show_channel(actor, id, "deleted");
        self.channels.remove(&id);
        self.messages.remove(&id);
        self.emit_in_guild("CHANNEL_DELETE", guild, data.clone());
        let changes = vec![change("name", name, Value::Null)];
        self.record(
            actor,
            guild,
            action::CHANNEL_DELETE,
            Some(id),
            changes,
            None,
        );
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
