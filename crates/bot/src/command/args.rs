//! What a command was given, whichever form it was called in.

use crate::{
    failure::{Failure, Result},
    parse::targets::Target,
    text::{Message, code},
};

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words, a time, a choice.
    Text(String),
    /// A number.
    Integer(i64),
    /// On or off.
    Switch(bool),
    /// A person, role or channel.
    Id(u64),
    /// Persons.
    Targets(Vec<Target>),
    /// Several words of a list.
    Words(Vec<String>),
}

/// The values of a call by parameter name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Args(Vec<(&'static str, Value)>);

impl Args {
    /// Sets a value; the first one stays.
    pub(super) fn insert(&mut self, name: &'static str, value: Value) {
        if self.get(name).is_none() {
            self.0.push((name, value));
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Words.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Value::Integer(n) => Some(*n),
            _ => None,
        }
    }

    /// A switch; off when not given.
    pub fn switch(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Switch(true)))
    }

    /// The id of a person, role or channel.
    pub fn id(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Value::Id(id) => Some(*id),
            _ => None,
        }
    }

    /// The persons acted on; empty when the command takes none.
    pub fn targets(&self) -> &[Target] {
        self.0
            .iter()
            .find_map(|(_, value)| match value {
                Value::Targets(targets) => Some(targets.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The words chosen from a list.
    pub fn words(&self, name: &str) -> &[String] {
        match self.get(name) {
            Some(Value::Words(words)) => words,
            _ => &[],
        }
    }

    /// A number that must be there: it was required.
    ///
    /// # Errors
    /// `err-arg-missing`.
    pub fn required_integer(&self, name: &'static str) -> Result<i64> {
        self.integer(name).ok_or_else(|| missing(name))
    }

    /// An id that must be there: it was required.
    ///
    /// # Errors
    /// `err-arg-missing`.
    pub fn required_id(&self, name: &'static str) -> Result<u64> {
        self.id(name).ok_or_else(|| missing(name))
    }

    /// Words that must be there: they were required.
    ///
    /// # Errors
    /// `err-arg-missing`.
    pub fn required_text(&self, name: &'static str) -> Result<&str> {
        self.text(name).ok_or_else(|| missing(name))
    }
}

/// Refuses text longer than its parameter allows.
pub(super) fn within_length(text: &str, max: u16) -> Result {
    let length = text.chars().count();
    if length > usize::from(max) {
        return Err(Message::new("err-text-length")
            .with("length", length)
            .with("most", u32::from(max))
            .into());
    }
    Ok(())
}

/// Finds a word of a list, whatever the case of its letters.
pub(super) fn chosen(
    name: &'static str,
    word: &str,
    choices: &[&'static str],
) -> Result<&'static str> {
    let found = choices
        .iter()
        .find(|choice| choice.eq_ignore_ascii_case(word));
    found.copied().ok_or_else(|| {
        Message::new("err-flag-value")
            .with("flag", code(name))
            .with("problem", "choice")
            .with("choices", choices.join(", "))
            .into()
    })
}

/// A snowflake as text: a mention with one of these sigils, or the id itself.
pub(super) fn id_of(name: &'static str, text: &str, sigils: &[&str]) -> Result<u64> {
    let bare = text
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix('>'))
        .and_then(|text| sigils.iter().find_map(|sigil| text.strip_prefix(sigil)))
        .unwrap_or(text);
    let id = bare.parse::<u64>().ok();
    id.filter(|id| *id > 0 && i64::try_from(*id).is_ok())
        .ok_or_else(|| {
            Message::new("err-flag-value")
                .with("flag", code(name))
                .with("problem", "mention")
                .into()
        })
}

/// The refusal of an argument that nothing takes.
pub(super) fn extra(text: &str) -> Failure {
    Message::new("err-arg-extra")
        .with("value", code(text))
        .into()
}

/// The refusal of a call that lacks an argument.
pub(crate) fn missing(name: &'static str) -> Failure {
    Message::new("err-arg-missing")
        .with("argument", name)
        .into()
}
