//! Why Discord, or the state of the guild, refused an action for good.

use crate::{permission, text::Message};
use poise::serenity_prelude::Permissions;

/// A cause as it is stored in `mod_case.error_code`: at most 40 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The bot lacks this permission.
    Permission(Permissions),
    /// The bot's highest role is not above that of the target.
    Hierarchy,
    /// The target is not in the guild.
    NotMember,
    /// Discord knows no such user.
    UnknownUser,
    /// The roles of moderator, bot or target changed after the command.
    Changed,
    /// Anything else, by Discord's error code or the HTTP status.
    Discord(i64),
}

impl Cause {
    /// The form in which it is stored.
    pub fn code(self) -> String {
        match self {
            Self::Permission(bits) => format!("permission:{}", bits.bits()),
            Self::Hierarchy => "hierarchy".to_owned(),
            Self::NotMember => "not-member".to_owned(),
            Self::UnknownUser => "unknown-user".to_owned(),
            Self::Changed => "changed".to_owned(),
            Self::Discord(code) => format!("discord:{code}"),
        }
    }

    /// Reads [`Cause::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "hierarchy" => Self::Hierarchy,
            "not-member" => Self::NotMember,
            "unknown-user" => Self::UnknownUser,
            "changed" => Self::Changed,
            other => match other.split_once(':')? {
                ("permission", bits) => {
                    Self::Permission(Permissions::from_bits(bits.parse().ok()?)?)
                }
                ("discord", code) => Self::Discord(code.parse().ok()?),
                _ => return None,
            },
        })
    }

    /// A sentence that says it and what to do.
    pub fn message(self) -> Message {
        match self {
            Self::Permission(bits) => permission::lacking("cause-permission", bits),
            Self::Hierarchy => Message::new("cause-hierarchy"),
            Self::NotMember => Message::new("cause-not-member"),
            Self::UnknownUser => Message::new("cause-unknown-user"),
            Self::Changed => Message::new("cause-changed"),
            Self::Discord(code) => Message::new("cause-discord").with("code", code.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_survives_being_stored_and_fits_its_column() {
        for cause in [
            Cause::Permission(Permissions::MODERATE_MEMBERS),
            Cause::Hierarchy,
            Cause::NotMember,
            Cause::UnknownUser,
            Cause::Changed,
            Cause::Discord(50_013),
        ] {
            assert!(cause.code().len() <= 40);
            assert_eq!(Cause::parse(&cause.code()), Some(cause));
        }
        assert_eq!(Cause::parse("nonsense"), None);
    }
}
