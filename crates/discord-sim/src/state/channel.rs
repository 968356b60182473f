//! Channels and what is written in them.

use serde_json::Value;

use crate::permissions::Overwrite;

/// A place for messages: a guild's text channel or a direct conversation with the bot.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) overwrites: Vec<Overwrite>,
    pub(crate) position: i64,
    pub(crate) topic: Option<String>,
    /// Seconds between two messages of one member.
    pub(crate) slowmode: u64,
    pub(crate) last_message: Option<u64>,
}

/// What a channel belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text channel of this guild.
    Text(u64),
    /// A voice channel of this guild.
    Voice(u64),
    /// The bot's conversation with this person.
    Dm(u64),
}

impl Channel {
    pub(crate) fn guild(&self) -> Option<u64> {
        match self.kind {
            Kind::Text(guild) | Kind::Voice(guild) => Some(guild),
            Kind::Dm(_) => None,
        }
    }

    pub(crate) fn recipient(&self) -> Option<u64> {
        match self.kind {
            Kind::Text(_) | Kind::Voice(_) => None,
            Kind::Dm(person) => Some(person),
        }
    }
}

/// A message, as its author sent it.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) channel_id: u64,
    pub(crate) author: u64,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Value>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) nonce: Option<Value>,
    pub(crate) edited_ms: Option<i64>,
    /// The message that this one replies to.
    pub(crate) reply_to: Option<u64>,
    /// The only one who sees it.
    pub(crate) ephemeral_for: Option<u64>,
    /// Whether the author has only said that an answer will follow.
    pub(crate) deferred: bool,
    /// `interaction_metadata`, when it answers an interaction.
    pub(crate) interaction: Option<Value>,
    /// Who reacted, by emoji.
    pub(crate) reactions: Vec<(String, u64)>,
}

/// Sent by a bot as an answer that only one person sees.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// The bot is thinking.
pub(crate) const LOADING: u64 = 1 << 7;

impl Message {
    pub(crate) fn new(id: u64, channel_id: u64, author: u64) -> Self {
        Self {
            id,
            channel_id,
            author,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            tts: false,
            nonce: None,
            edited_ms: None,
            reply_to: None,
            ephemeral_for: None,
            deferred: false,
            interaction: None,
            reactions: Vec::new(),
        }
    }

    pub(crate) fn visible_to(&self, user_id: u64) -> bool {
        self.ephemeral_for.is_none_or(|only| only == user_id)
    }
}
