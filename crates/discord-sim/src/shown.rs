//! What Discord would show, in order, with names instead of ids.

mod print;

use serde::Serialize;
use serde_json::{Map, Value, json};
use tokio::sync::broadcast;

use crate::history::Happening;
use crate::state::{Channel, Message, State};

/// One thing that someone looking at Discord would see.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Shown {
    /// What happened.
    pub kind: ShownKind,
    /// The channel's name; nothing for a direct message and for what concerns the whole guild.
    pub channel: Option<String>,
    /// Who did it.
    pub author: Option<String>,
    /// The text, with `@name` and `#name` for mentions.
    pub content: Option<String>,
    /// Title, description, fields, footer and colour, as sent.
    pub embeds: Vec<Value>,
    /// `{"type":"button","label","disabled","style"}` or
    /// `{"type":"select","placeholder","disabled","options":[labels]}`; of offered choices
    /// `{"type":"choice","label","value"}`.
    pub components: Vec<Value>,
    /// To whom it was done.
    pub target: Option<String>,
    /// Why, from the audit log.
    pub reason: Option<String>,
    /// The text that is answered.
    pub reply_to: Option<String>,
    /// The only one who sees it: of an ephemeral answer or a direct message.
    pub to: Option<String>,
    /// When it ends, in unix milliseconds: of a timeout.
    pub until: Option<i64>,
}

/// The kinds of [`Shown`]; in JSON in `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ShownKind {
    /// A message in a channel.
    Message,
    /// A message got another content.
    Edit,
    /// A message went away; `content` is what it said.
    Delete,
    /// A direct message, in either direction.
    Dm,
    /// An answer that only one person sees.
    Ephemeral,
    /// Someone was banned.
    Ban,
    /// A ban was lifted.
    Unban,
    /// Someone was removed and may come back.
    Kick,
    /// Someone may not talk until a moment.
    Timeout,
    /// A timeout was lifted.
    Untimeout,
    /// Someone joined.
    Join,
    /// Someone left.
    Leave,
    /// A nickname changed; `content` is the new one.
    Nick,
    /// A role was given or taken, or itself changed; `content` says which and how.
    Role,
    /// A channel was made, changed or removed; `content` says how.
    Channel,
    /// A person used a slash command.
    Command,
    /// A person pressed a button.
    Click,
    /// A person chose from a menu.
    Select,
    /// A form opened for a person; `content` is its title.
    Modal,
    /// A person sent a form in.
    Submit,
    /// The bot offered choices while an option was typed.
    Choices,
    /// The bot did not answer a command, a component or a form in time; `content` is what the
    /// client says then.
    NoResponse,
    /// Someone reacted to a message.
    Reaction,
    /// Someone took a reaction back, or it was taken from them.
    ReactionRemoved,
}

impl Shown {
    pub(crate) fn new(kind: ShownKind) -> Self {
        Self {
            kind,
            channel: None,
            author: None,
            content: None,
            embeds: Vec::new(),
            components: Vec::new(),
            target: None,
            reason: None,
            reply_to: None,
            to: None,
            until: None,
        }
    }
}

/// Everything shown so far, and those who want to be told of more.
#[derive(Debug)]
pub(crate) struct Transcript {
    pub(crate) all: Vec<Shown>,
    pub(crate) live: broadcast::Sender<Shown>,
}

impl Default for Transcript {
    fn default() -> Self {
        // Enough for a listener that prints; one that falls behind reads the rest with `shown`.
        Self {
            all: Vec::new(),
            live: broadcast::Sender::new(1_024),
        }
    }
}

impl State {
    pub(crate) fn show(&mut self, shown: Shown) {
        // Nobody has to listen.
        let _listeners = self.transcript.live.send(shown.clone());
        self.note(Happening::Shown(self.transcript.all.len()));
        self.transcript.all.push(shown);
    }

    /// Shows a message, or what became of it, where it is.
    pub(crate) fn show_message(&mut self, kind: ShownKind, message: &Message) {
        let mut shown = self.message_shown(message);
        if kind != ShownKind::Message {
            shown.kind = kind;
        }
        self.show(shown);
    }

    fn message_shown(&self, message: &Message) -> Shown {
        let channel = self.channels.get(&message.channel_id);
        let recipient = channel.and_then(Channel::recipient);
        let mut shown = Shown::new(match (message.ephemeral_for, recipient) {
            (Some(_), _) => ShownKind::Ephemeral,
            (None, Some(_)) => ShownKind::Dm,
            (None, None) => ShownKind::Message,
        });
        let webhook = message.webhook.as_ref().map(|(_, name)| name.clone());
        shown.author = Some(webhook.unwrap_or_else(|| self.name_of(message.author)));
        shown.content = Some(self.with_names(&message.content));
        shown.embeds = message
            .embeds
            .iter()
            .map(|embed| self.embed_shown(embed))
            .collect();
        shown.components = components_shown(&message.components);
        let only = message.ephemeral_for.or_else(|| {
            recipient.map(|person| {
                if message.author == person {
                    self.bot_id
                } else {
                    person
                }
            })
        });
        shown.to = only.map(|user| self.name_of(user));
        if recipient.is_none() {
            shown.channel = channel.map(|channel| channel.name.clone());
        }
        let original = message
            .reply_to
            .map(|id| self.message(message.channel_id, id));
        shown.reply_to = original
            .and_then(Result::ok)
            .map(|m| self.with_names(&m.content));
        shown
    }

    /// The parts of an embed that are text or colour, with names for mentions.
    fn embed_shown(&self, embed: &Value) -> Value {
        let mut shown = Map::new();
        for key in [
            "title",
            "description",
            "fields",
            "footer",
            "author",
            "color",
        ] {
            if let Some(value) = embed.get(key).filter(|value| !value.is_null()) {
                shown.insert(key.to_owned(), self.named_json(value));
            }
        }
        Value::Object(shown)
    }

    fn named_json(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => json!(self.with_names(text)),
            Value::Array(items) => items.iter().map(|item| self.named_json(item)).collect(),
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), self.named_json(value)))
                .collect(),
            other => other.clone(),
        }
    }
}

/// The buttons and menus of a message, in reading order.
fn components_shown(rows: &[Value]) -> Vec<Value> {
    let in_row = |row: &Value| row["components"].as_array().cloned().unwrap_or_default();
    rows.iter()
        .flat_map(in_row)
        .map(|component| component_shown(&component))
        .collect()
}

fn component_shown(component: &Value) -> Value {
    let disabled = component["disabled"].as_bool().unwrap_or(false);
    if component["type"] == 2 {
        let label = component["label"]
            .as_str()
            .or_else(|| component["emoji"]["name"].as_str());
        return json!({
            "type": "button",
            "label": label.unwrap_or_default(),
            "disabled": disabled,
            "style": match component["style"].as_u64() {
                Some(1) => "primary",
                Some(3) => "success",
                Some(4) => "danger",
                Some(5) => "link",
                _ => "secondary",
            },
        });
    }
    let options = component["options"].as_array().into_iter().flatten();
    json!({
        "type": "select",
        "placeholder": component["placeholder"].as_str(),
        "disabled": disabled,
        "options": options.map(|option| option["label"].clone()).collect::<Vec<_>>(),
    })
}
