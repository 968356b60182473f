//! What changes the world. Each function checks, changes, records and emits, for people and for the
//! bot alike.

mod ask;
mod audit;
mod bans;
mod channels;
mod components;
mod content;
mod deadline;
mod embed;
mod emojis;
mod guild;
mod incoming;
mod invites;
mod member_roles;
mod member_voice;
mod members;
mod messages;
mod overwrites;
mod pins;
mod presence;
mod reactions;
mod respond;
mod roles;
mod threads;
mod typing;
mod voice;
mod webhook;

pub(crate) use content::Content;
pub(crate) use roles::parsed_bits;

/// Who does something, and why.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) user: u64,
    pub(crate) reason: Option<String>,
}

impl Actor {
    pub(crate) fn new(user: u64) -> Self {
        Self { user, reason: None }
    }

    pub(crate) fn because(user: u64, reason: Option<String>) -> Self {
        Self { user, reason }
    }
}
