//! Webhooks: making them, and writing through them.

use serde_json::{Value, json};

use super::audit::change;
use super::messages::fill;
use super::{Actor, Content};
use crate::error::ApiError;
use crate::limits;
use crate::permissions::MANAGE_WEBHOOKS;
use crate::state::{Kind, Message, State, Webhook, audit::action};

impl State {
    /// Makes a webhook for a text channel.
    pub(crate) fn create_webhook(
        &mut self,
        actor: &Actor,
        channel: u64,
        spec: &Value,
    ) -> Result<u64, ApiError> {
        self.require_in(actor.user, channel, MANAGE_WEBHOOKS)?;
        let (Kind::Text(guild) | Kind::Voice(guild)) = self.channel(channel)?.kind else {
            return Err(ApiError::WRONG_CHANNEL_TYPE);
        };
        let name = checked_name(&spec["name"])?.ok_or_else(|| ApiError::required("name"))?;
        let here = self.webhooks.values().filter(|w| w.channel == channel);
        if here.count() >= limits::WEBHOOKS {
            return Err(ApiError::TOO_MANY_WEBHOOKS);
        }
        let id = self.ids.next();
        let webhook = Webhook {
            id,
            channel,
            guild,
            name: name.clone(),
            token: format!("webhook-token-of-{id}"),
            author: actor.user,
        };
        self.webhooks.insert(id, webhook);
        let changes = vec![
            change("name", Value::Null, json!(name)),
            change("channel_id", Value::Null, json!(channel.to_string())),
        ];
        self.tell_webhook(actor, (guild, channel), action::WEBHOOK_CREATE, id, changes);
        Ok(id)
    }

    /// Renames a webhook, or moves it to another channel.
    pub(crate) fn edit_webhook(
        &mut self,
        actor: &Actor,
        id: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        let name = checked_name(&edit["name"])?;
        let target = edit["channel_id"].as_str().and_then(|id| id.parse().ok());
        if let Some(target) = target {
            self.require_in(actor.user, target, MANAGE_WEBHOOKS)?;
        }
        let webhook = self.webhooks.get_mut(&id);
        let webhook = webhook.ok_or(ApiError::UNKNOWN_WEBHOOK)?;
        let mut changes = Vec::new();
        if let Some(name) = name.filter(|name| *name != webhook.name) {
            changes.push(change("name", json!(webhook.name), json!(name)));
            webhook.name = name;
        }
        if let Some(target) = target.filter(|target| *target != webhook.channel) {
            let (old, new) = (webhook.channel.to_string(), target.to_string());
            changes.push(change("channel_id", json!(old), json!(new)));
            webhook.channel = target;
        }
        let place = (webhook.guild, webhook.channel);
        if !changes.is_empty() {
            self.tell_webhook(actor, place, action::WEBHOOK_UPDATE, id, changes);
        }
        Ok(())
    }

    pub(crate) fn delete_webhook(&mut self, actor: &Actor, id: u64) -> Result<(), ApiError> {
        let webhook = self.webhooks.remove(&id);
        let webhook = webhook.ok_or(ApiError::UNKNOWN_WEBHOOK)?;
        let changes = vec![change("name", json!(webhook.name), Value::Null)];
        let place = (webhook.guild, webhook.channel);
        self.tell_webhook(actor, place, action::WEBHOOK_DELETE, id, changes);
        Ok(())
    }

    fn tell_webhook(
        &mut self,
        actor: &Actor,
        (guild, channel): (u64, u64),
        entry: u16,
        id: u64,
        changes: Vec<Value>,
    ) {
        let data = self.in_channel_json(channel, json!({}));
        self.emit_in_channel("WEBHOOKS_UPDATE", channel, data);
        self.record(actor, guild, entry, Some(id), changes, None);
    }

    /// A webhook that the bot may manage.
    pub(crate) fn managed_webhook(&self, user: u64, id: u64) -> Result<&Webhook, ApiError> {
        let webhook = self.webhooks.get(&id).ok_or(ApiError::UNKNOWN_WEBHOOK)?;
        self.require_in(user, webhook.channel, MANAGE_WEBHOOKS)?;
        Ok(webhook)
    }

    /// A webhook by its id and token, which are all that one needs.
    pub(crate) fn webhook_by_token(&self, id: u64, token: &str) -> Result<&Webhook, ApiError> {
        let webhook = self.webhooks.get(&id).ok_or(ApiError::UNKNOWN_WEBHOOK)?;
        if webhook.token == token {
            Ok(webhook)
        } else {
            Err(ApiError::WEBHOOK_TOKEN)
        }
    }

    /// Writes through a webhook, in its channel or in a thread of it. Answers the channel and the
    /// message.
    pub(crate) fn execute_webhook(
        &mut self,
        webhook: &Webhook,
        thread: Option<u64>,
        username: Option<&str>,
        content: Content,
    ) -> Result<(u64, u64), ApiError> {
        let channel = thread.unwrap_or(webhook.channel);
        if thread.is_some() && self.channel(channel)?.parent != Some(webhook.channel) {
            return Err(ApiError::UNKNOWN_CHANNEL);
        }
        if content.is_empty() {
            return Err(ApiError::EMPTY_MESSAGE);
        }
        self.enter_thread(webhook.id, channel)?;
        let name = checked_name(&json!(username))?.unwrap_or_else(|| webhook.name.clone());
        let mut message = Message::new(self.ids.next(), channel, webhook.id);
        message.webhook = Some((webhook.id, name));
        fill(&mut message, content);
        Ok((channel, self.post(message)))
    }

    /// A message that a webhook wrote; nobody else's.
    pub(crate) fn message_of_webhook(
        &self,
        webhook: &Webhook,
        thread: Option<u64>,
        id: u64,
    ) -> Result<(u64, u64), ApiError> {
        let channel = thread.unwrap_or(webhook.channel);
        if self.message(channel, id)?.author == webhook.id {
            Ok((channel, id))
        } else {
            Err(ApiError::UNKNOWN_MESSAGE)
        }
    }
}

/// A name, when there is one; Discord keeps its own names to itself.
fn checked_name(name: &Value) -> Result<Option<String>, ApiError> {
    let Some(name) = name.as_str() else {
        return Ok(None);
    };
    if !limits::WEBHOOK_NAME.contains(&name.chars().count()) {
        let message = "Must be between 1 and 80 in length.";
        return Err(ApiError::invalid("name", "BASE_TYPE_BAD_LENGTH", message));
    }
    let lower = name.to_lowercase();
    if let Some(kept) = ["clyde", "discord"]
        .into_iter()
        .find(|kept| lower.contains(kept))
    {
        let message = format!("Username cannot contain \"{kept}\"");
        return Err(ApiError::invalid(
            "name",
            "USERNAME_INVALID_CONTAINS",
            message,
        ));
    }
    Ok(Some(name.to_owned()))
}
