//! What obligations carry with them. Stored as JSON: fields are added, never renamed.

use chrono::{DateTime, Utc};
use entity::value::LogKind;
use poise::serenity_prelude::{ChannelId, MessageId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An action in Discord.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ActionPayload {
    /// How the moderator is named in Discord's audit log.
    pub moderator: String,
    /// Days of messages that a ban deletes.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub delete_days: u8,
    /// The answer that waits for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Uuid>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

/// A direct message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DmPayload {
    /// What it says.
    pub about: DmAbout,
    /// Where it stands once it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
    /// Why it was not delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<DmFailure>,
}

impl DmPayload {
    /// A message that was not tried yet.
    pub fn new(about: DmAbout) -> Self {
        Self {
            about,
            sent: None,
            failure: None,
        }
    }
}

/// Why a direct message was not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DmFailure {
    /// They take none from the bot.
    Closed,
    /// It was not confirmed in time, or an earlier try may have got through.
    Unconfirmed,
    /// Discord did not deliver it.
    Other,
}

/// What a direct message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DmAbout {
    /// That the action is about to happen.
    Intent,
    /// That it has happened.
    Done,
    /// That what was announced did not happen; edits the announcement.
    NotDone,
}

/// A log message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LogPayload {
    /// Which log.
    pub log: String,
    /// What it says when it is not about a case's state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether it asks what to do about something that failed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asks: bool,
}

impl LogPayload {
    /// The log message of a case.
    pub fn of_case() -> Self {
        Self {
            log: LogKind::Mod.as_str().to_owned(),
            text: None,
            asks: false,
        }
    }

    /// A line of its own.
    pub fn line(log: LogKind, text: String) -> Self {
        Self {
            log: log.as_str().to_owned(),
            text: Some(text),
            asks: false,
        }
    }
}

/// An answer to a moderator.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReplyPayload {
    /// Where the command was used.
    pub to: ReplyTo,
    /// Who used it.
    pub user_id: u64,
    /// The cases it made.
    pub cases: Vec<i64>,
    /// Lines that are final already: refusals and remarks.
    pub lines: Vec<String>,
    /// The message, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
}

/// How the moderator is answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum ReplyTo {
    /// Into the deferred response of an interaction.
    Interaction {
        /// Where it was used, for when the token has ended.
        channel_id: ChannelId,
        /// Good for 15 minutes.
        token: String,
        /// When the token ends.
        until: DateTime<Utc>,
    },
    /// As a reply to the message with the command.
    Message {
        /// Its channel.
        channel_id: ChannelId,
        /// The message.
        message_id: MessageId,
    },
}

/// A message that the bot sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Its channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
}
