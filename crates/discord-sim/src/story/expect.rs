//! What a test expects to be shown.

use std::fmt;

use serde_json::Value;

use crate::shown::{Shown, ShownKind};

/// What a test expects to be shown. A [`ShownKind`] is anything of that kind; a text is something
/// that the bot says and that contains it, wherever it says it.
///
/// ```
/// # use discord_sim::{Expected, ShownKind};
/// let ban = Expected::of(ShownKind::Ban).done_to("troll").because("spam");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    kind: Option<ShownKind>,
    by: Option<String>,
    by_bot: bool,
    channel: Option<String>,
    to: Option<String>,
    target: Option<String>,
    reason: Option<String>,
    texts: Vec<String>,
}

impl Expected {
    /// Anything of a kind.
    pub fn of(kind: ShownKind) -> Self {
        Self {
            kind: Some(kind),
            ..Self::default()
        }
    }

    /// Something that the bot says, and that contains a text.
    pub fn said(text: &str) -> Self {
        Self {
            by_bot: true,
            ..Self::default()
        }
        .saying(text)
    }

    /// Done or said by this person or bot.
    #[must_use]
    pub fn by(mut self, name: &str) -> Self {
        self.by = Some(name.to_owned());
        self
    }

    /// In this channel.
    #[must_use]
    pub fn in_channel(mut self, name: &str) -> Self {
        self.channel = Some(name.to_owned());
        self
    }

    /// Seen by this person alone.
    #[must_use]
    pub fn to(mut self, person: &str) -> Self {
        self.to = Some(person.to_owned());
        self
    }

    /// Done to this person.
    #[must_use]
    pub fn done_to(mut self, person: &str) -> Self {
        self.target = Some(person.to_owned());
        self
    }

    /// With a reason that contains this text.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    /// With this text in its content, its embeds, or on its buttons and menus.
    #[must_use]
    pub fn saying(mut self, text: &str) -> Self {
        self.texts.push(text.to_owned());
        self
    }

    pub(super) fn fits(&self, shown: &Shown, bot: &str) -> bool {
        let same = |wanted: &Option<String>, is: &Option<String>| wanted.is_none() || wanted == is;
        let said = matches!(
            shown.kind,
            ShownKind::Message | ShownKind::Ephemeral | ShownKind::Dm | ShownKind::Edit
        );
        let by_bot = !self.by_bot || (said && shown.author.as_deref() == Some(bot));
        let reason = shown.reason.as_deref().unwrap_or_default();
        let because = self
            .reason
            .as_ref()
            .is_none_or(|part| reason.contains(part));
        by_bot
            && self.kind.is_none_or(|kind| kind == shown.kind)
            && same(&self.by, &shown.author)
            && same(&self.channel, &shown.channel)
            && same(&self.to, &shown.to)
            && same(&self.target, &shown.target)
            && because
            && self.texts.iter().all(|text| says(shown, text))
    }
}

/// Whether a text stands anywhere in what was shown.
fn says(shown: &Shown, text: &str) -> bool {
    let content = shown.content.as_deref().unwrap_or_default();
    let parts = shown.embeds.iter().chain(&shown.components);
    content.contains(text) || parts.clone().any(|part| contains(part, text))
}

fn contains(value: &Value, text: &str) -> bool {
    match value {
        Value::String(said) => said.contains(text),
        Value::Array(items) => items.iter().any(|item| contains(item, text)),
        Value::Object(map) => map.values().any(|item| contains(item, text)),
        _ => false,
    }
}

impl From<ShownKind> for Expected {
    fn from(kind: ShownKind) -> Self {
        Self::of(kind)
    }
}

impl From<&str> for Expected {
    fn from(text: &str) -> Self {
        Self::said(text)
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Some(kind) => write!(f, "a {}", kind.word())?,
            None if self.by_bot => f.write_str("an answer of the bot's")?,
            None => f.write_str("something")?,
        }
        for (word, part) in [
            ("by", &self.by),
            ("in", &self.channel),
            ("to", &self.to),
            ("done to", &self.target),
            ("because", &self.reason),
        ] {
            if let Some(part) = part {
                write!(f, " {word} {part:?}")?;
            }
        }
        for text in &self.texts {
            write!(f, " saying {text:?}")?;
        }
        Ok(())
    }
}
