//! Registered commands, and what people have asked the bot through them and its components.

pub(crate) mod command;
pub(crate) mod form;

pub(crate) use command::{Command, Commands};

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::error::ApiError;
use crate::limits;
use crate::payload::Asked;

/// Every interaction since the start, by id.
#[derive(Debug, Default)]
pub(crate) struct Interactions {
    pub(crate) by_id: BTreeMap<u64, Interaction>,
    /// Those that someone is still waiting on: without an answer, or with one that says that the
    /// bot is thinking.
    pub(crate) waiting: BTreeSet<u64>,
    /// The choices that someone was offered last while typing an option.
    pub(crate) offered: BTreeMap<u64, Vec<Value>>,
}

/// Someone asked the bot for something.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) asked: Asked,
    pub(crate) created_ms: i64,
    /// The message whose component was used.
    pub(crate) source: Option<u64>,
    /// The name of the command, with its sub-commands.
    pub(crate) command: Option<String>,
    pub(crate) acknowledged: bool,
    /// The first answer: a message of the bot's, or the source message when that was changed.
    pub(crate) original: Option<u64>,
    /// The form that was opened, until it is sent in.
    pub(crate) modal: Option<Value>,
}

impl Interactions {
    pub(crate) fn add(&mut self, interaction: Interaction) {
        self.waiting.insert(interaction.id);
        self.by_id.insert(interaction.id, interaction);
    }

    /// The interaction that may get its first answer now.
    pub(crate) fn awaiting(
        &mut self,
        id: u64,
        token: &str,
        now_ms: i64,
    ) -> Result<&mut Interaction, ApiError> {
        let known = self.by_id.get_mut(&id).filter(|known| known.token == token);
        let interaction = known.ok_or(ApiError::UNKNOWN_INTERACTION)?;
        if interaction.acknowledged {
            return Err(ApiError::ALREADY_ACKNOWLEDGED);
        }
        if now_ms - interaction.created_ms > limits::ACKNOWLEDGE_MS {
            return Err(ApiError::UNKNOWN_INTERACTION);
        }
        Ok(interaction)
    }

    /// The interaction whose answers this token may change, for 15 minutes.
    pub(crate) fn by_token(&self, token: &str, now_ms: i64) -> Result<&Interaction, ApiError> {
        let mut newest_first = self.by_id.values().rev();
        let interaction = newest_first
            .find(|interaction| interaction.token == token && interaction.acknowledged)
            .ok_or(ApiError::UNKNOWN_WEBHOOK)?;
        if now_ms - interaction.created_ms > limits::TOKEN_MS {
            return Err(ApiError::WEBHOOK_TOKEN);
        }
        Ok(interaction)
    }
}
