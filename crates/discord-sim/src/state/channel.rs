//! Channels and what is written in them.

use serde_json::Value;

use super::{AllowedMentions, Emoji, Notified, Thread};
use crate::permissions::Overwrite;

/// A place for messages: of a guild, or the bot's direct conversation with someone.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) overwrites: Vec<Overwrite>,
    pub(crate) position: i64,
    pub(crate) topic: Option<String>,
    pub(crate) nsfw: bool,
    /// Seconds between two messages of one member.
    pub(crate) slowmode: u64,
    /// The category that the channel stands in, or the channel that a thread belongs to.
    pub(crate) parent: Option<u64>,
    pub(crate) last_message: Option<u64>,
    /// When a message was last pinned.
    pub(crate) last_pin_ms: Option<i64>,
    /// What only a thread has.
    pub(crate) thread: Option<Thread>,
}

/// What a channel belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text channel of this guild.
    Text(u64),
    /// A voice channel of this guild.
    Voice(u64),
    /// A category of this guild: nothing is written in it.
    Category(u64),
    /// A thread of this guild.
    Thread(u64),
    /// The bot's conversation with this person.
    Dm(u64),
}

impl Channel {
    /// A channel in which nothing happened yet.
    pub(crate) fn new(id: u64, name: &str, kind: Kind) -> Self {
        Self {
            id,
            name: name.to_owned(),
            kind,
            overwrites: Vec::new(),
            position: 0,
            topic: None,
            nsfw: false,
            slowmode: 0,
            parent: None,
            last_message: None,
            last_pin_ms: None,
            thread: None,
        }
    }

    pub(crate) fn guild(&self) -> Option<u64> {
        match self.kind {
            Kind::Text(guild)
            | Kind::Voice(guild)
            | Kind::Category(guild)
            | Kind::Thread(guild) => Some(guild),
            Kind::Dm(_) => None,
        }
    }

    pub(crate) fn recipient(&self) -> Option<u64> {
        match self.kind {
            Kind::Dm(person) => Some(person),
            _ => None,
        }
    }

    /// Discord's number of this kind of channel.
    pub(crate) fn type_number(&self) -> u64 {
        match self.kind {
            Kind::Text(_) => 0,
            Kind::Dm(_) => 1,
            Kind::Voice(_) => 2,
            Kind::Category(_) => 4,
            Kind::Thread(_) => match &self.thread {
                Some(thread) if thread.private => 12,
                _ => 11,
            },
        }
    }

    /// Whether this is a channel in the guild's list, which threads are not.
    pub(crate) fn listed_in(&self, guild: u64) -> bool {
        self.guild() == Some(guild) && self.thread.is_none()
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
    pub(crate) reactions: Vec<(Emoji, u64)>,
    /// When it was pinned, if it is.
    pub(crate) pinned_ms: Option<i64>,
    /// Whom it may notify.
    pub(crate) allowed: AllowedMentions,
    /// Whom it does.
    pub(crate) notified: Notified,
    /// The webhook that wrote it, and under which name.
    pub(crate) webhook: Option<(u64, String)>,
    /// What Discord itself says by it, in Discord's number; nothing when someone wrote it.
    pub(crate) system: Option<u8>,
    /// The thread that was begun at it.
    pub(crate) thread: Option<u64>,
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
            pinned_ms: None,
            allowed: AllowedMentions::default(),
            notified: Notified::default(),
            webhook: None,
            system: None,
            thread: None,
        }
    }

    pub(crate) fn visible_to(&self, user_id: u64) -> bool {
        self.ephemeral_for.is_none_or(|only| only == user_id)
    }
}
