//! Who may do what: ranks, Discord's own permissions, and the order of roles.
//!
//! Everything here is a function of facts, without Discord or database; `guild_settings` sees to it
//! that a change of the rules counts from the next command on.

mod change;
mod decision;
mod hierarchy;
mod rank;
mod rules;
#[cfg(test)]
mod tests;

pub use change::{Author, Change};
pub use decision::{Caller, Decision, Outcome, Standing, Step, decide};
pub use hierarchy::{Party, TargetCheck, check_steps, check_target};
pub use rank::{Rank, RankSource, virtual_rank};
pub use rules::{CommandRule, Required, RequiredBy, Rules};

use crate::text::Message;
use poise::serenity_prelude::Permissions;

/// A message about a missing permission; the texts put it into words.
pub fn lacking(id: &'static str, bits: Permissions) -> Message {
    Message::new(id).with("permission", api_name(bits))
}

/// The first of these bits, as Discord's API writes it.
pub fn api_name(bits: Permissions) -> String {
    bits.iter_names()
        .next()
        .map_or_else(String::new, |(name, _)| name.to_owned())
}
