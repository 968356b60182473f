//! The first answer to an interaction.
//!
//! The types: <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use serde_json::{Value, json};

use super::Content;
use super::messages::fill;
use crate::error::ApiError;
use crate::interaction::Interaction;
use crate::interaction::form::{self, Field};
use crate::limits;
use crate::shown::{Shown, ShownKind};
use crate::state::channel::{EPHEMERAL, LOADING};
use crate::state::{Channel, Message, State};

impl State {
    /// `POST /interactions/{id}/{token}/callback`. Answers the message that came of it, if any.
    pub(crate) fn respond(
        &mut self,
        id: u64,
        token: &str,
        body: &Value,
        uploads: Vec<Value>,
    ) -> Result<Option<u64>, ApiError> {
        let now = self.now_ms();
        let interaction = self.interactions.awaiting(id, token, now)?.clone();
        let data = &body["data"];
        let message = match (body["type"].as_u64(), interaction.asked.kind) {
            (Some(4), 2 | 3 | 5) => Some(self.answer(&interaction, data, uploads)?),
            (Some(5), 2 | 3 | 5) => Some(self.think(&interaction, data)),
            (Some(6), 3 | 5) if interaction.source.is_some() => interaction.source,
            (Some(7), 3 | 5) if interaction.source.is_some() => {
                Some(self.change_source(&interaction, data, uploads)?)
            }
            (Some(8), 4) => {
                self.offer_choices(&interaction, data)?;
                None
            }
            (Some(9), 2 | 3) => {
                self.open_modal(&interaction, data)?;
                None
            }
            _ => {
                let message = "Value is not allowed for this interaction.";
                return Err(ApiError::invalid("type", "BASE_TYPE_CHOICES", message));
            }
        };
        if let Some(interaction) = self.interactions.by_id.get_mut(&id) {
            interaction.acknowledged = true;
            interaction.original = message;
        }
        Ok(message)
    }

    /// A message in answer to an interaction, before it carries anything.
    pub(super) fn answer_message(&mut self, to: &Interaction, flags: u64) -> Message {
        let id = self.ids.next();
        let mut message = Message::new(id, to.asked.channel, self.bot_id);
        message.flags = flags;
        message.ephemeral_for = (flags & EPHEMERAL != 0).then_some(to.asked.user);
        message.interaction = Some(self.interaction_metadata(to));
        message
    }

    fn answer(
        &mut self,
        to: &Interaction,
        data: &Value,
        uploads: Vec<Value>,
    ) -> Result<u64, ApiError> {
        let content = in_data(Content::parse(data, uploads))?;
        if content.is_empty() {
            return Err(ApiError::EMPTY_MESSAGE);
        }
        let mut message = self.answer_message(to, content.flags);
        fill(&mut message, content);
        Ok(self.post(message))
    }

    fn think(&mut self, to: &Interaction, data: &Value) -> u64 {
        let flags = data["flags"].as_u64().unwrap_or(0);
        let mut message = self.answer_message(to, flags | LOADING);
        message.deferred = true;
        self.post(message)
    }

    fn change_source(
        &mut self,
        to: &Interaction,
        data: &Value,
        uploads: Vec<Value>,
    ) -> Result<u64, ApiError> {
        let content = in_data(Content::parse(data, uploads))?;
        let source = to.source.ok_or(ApiError::UNKNOWN_MESSAGE)?;
        self.rewrite(to.asked.channel, source, content)?;
        Ok(source)
    }

    fn offer_choices(&mut self, to: &Interaction, data: &Value) -> Result<(), ApiError> {
        let choices = data["choices"].as_array().map_or(&[][..], Vec::as_slice);
        if choices.len() > limits::CHOICES {
            return Err(ApiError::too_long("data.choices", limits::CHOICES));
        }
        for (index, choice) in choices.iter().enumerate() {
            let path = format!("data.choices.{index}.name");
            let length = choice["name"]
                .as_str()
                .map_or(0, |name| name.chars().count());
            if length == 0 || length > limits::CHOICE_NAME {
                let message = format!("Must be between 1 and {} in length.", limits::CHOICE_NAME);
                return Err(ApiError::invalid(&path, "BASE_TYPE_BAD_LENGTH", message));
            }
        }
        self.interactions
            .offered
            .insert(to.asked.user, choices.to_vec());
        let names: Vec<&str> = choices
            .iter()
            .filter_map(|choice| choice["name"].as_str())
            .collect();
        let mut shown = Shown::new(ShownKind::Choices);
        shown.content = Some(names.join(", "));
        let choice = |choice: &Value| json!({"type": "choice", "label": choice["name"], "value": choice["value"]});
        shown.components = choices.iter().map(choice).collect();
        self.show_to(to, shown);
        Ok(())
    }

    fn open_modal(&mut self, to: &Interaction, data: &Value) -> Result<(), ApiError> {
        form::check(data)?;
        let mut shown = Shown::new(ShownKind::Modal);
        shown.content = data["title"].as_str().map(str::to_owned);
        shown.components = Field::all(data).map(field_shown).collect();
        if let Some(interaction) = self.interactions.by_id.get_mut(&to.id) {
            interaction.modal = Some(data.clone());
        }
        self.show_to(to, shown);
        Ok(())
    }

    /// Shows something that only the one who asked sees.
    pub(super) fn show_to(&mut self, to: &Interaction, mut shown: Shown) {
        shown.author = Some(self.name_of(self.bot_id));
        shown.to = Some(self.name_of(to.asked.user));
        let channel = self.channels.get(&to.asked.channel);
        shown.channel = channel
            .filter(|c| c.guild().is_some())
            .map(|c| c.name.clone());
        self.show(shown);
    }

    fn interaction_metadata(&self, of: &Interaction) -> Value {
        let mut metadata = json!({
            "id": of.id.to_string(),
            "type": of.asked.kind,
            "user": self.user_json(of.asked.user),
            "authorizing_integration_owners": {},
        });
        if let Some(guild) = self
            .channels
            .get(&of.asked.channel)
            .and_then(Channel::guild)
        {
            metadata["authorizing_integration_owners"] = json!({"0": guild.to_string()});
        }
        if let Some(command) = &of.command {
            metadata["name"] = json!(command);
        }
        if let Some(source) = of.source {
            metadata["interacted_message_id"] = json!(source.to_string());
        }
        metadata
    }
}

/// An error in the message of a callback lies below `data`.
fn in_data<T>(parsed: Result<T, ApiError>) -> Result<T, ApiError> {
    parsed.map_err(|mut error| {
        error.errors = error.errors.map(|errors| json!({"data": errors}));
        error
    })
}

/// A field as people see it: its label, its name, and what can be chosen.
fn field_shown(field: Field<'_>) -> Value {
    let component = field.component;
    let kind = if field.kind() == 4 { "text" } else { "select" };
    let mut shown = json!({
        "type": kind,
        "label": field.label,
        "name": component["custom_id"],
    });
    if let Some(options) = component["options"].as_array() {
        shown["options"] = options
            .iter()
            .map(|option| option["label"].clone())
            .collect();
    }
    shown
}
