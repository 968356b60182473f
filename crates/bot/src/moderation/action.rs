//! The actions that moderators take against a person.

use crate::parse::time::Limits;
use entity::{
    mod_case,
    value::{CaseKind, ObligationKind},
};
use poise::serenity_prelude::Permissions;

/// What a command does to its targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Warn; nothing happens in Discord.
    Warn,
    /// Remove from the guild.
    Kick,
    /// Ban, until lifted or for a time.
    Ban,
    /// Ban for a time.
    Tempban,
    /// Ban and unban, so that their messages go.
    Softban,
    /// Lift a ban.
    Unban,
    /// Silence for a time.
    Timeout,
    /// Lift a timeout.
    Untimeout,
}

impl Action {
    /// The word under which texts know it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Kick => "kick",
            Self::Ban => "ban",
            Self::Tempban => "tempban",
            Self::Softban => "softban",
            Self::Unban => "unban",
            Self::Timeout => "timeout",
            Self::Untimeout => "untimeout",
        }
    }

    /// The action of the command with this name, if it is one.
    pub fn of_command(path: &str) -> Option<Self> {
        [
            Self::Warn,
            Self::Kick,
            Self::Ban,
            Self::Tempban,
            Self::Softban,
            Self::Unban,
            Self::Timeout,
            Self::Untimeout,
        ]
        .into_iter()
        .find(|action| action.word() == path)
    }

    /// The kind of its case; a ban with an end is a temporary one.
    pub fn case_kind(self, ends: bool) -> CaseKind {
        match self {
            Self::Warn => CaseKind::Warn,
            Self::Kick => CaseKind::Kick,
            Self::Ban if ends => CaseKind::Tempban,
            Self::Ban => CaseKind::Ban,
            Self::Tempban => CaseKind::Tempban,
            Self::Softban => CaseKind::Softban,
            Self::Unban => CaseKind::Unban,
            Self::Timeout => CaseKind::Timeout,
            Self::Untimeout => CaseKind::Untimeout,
        }
    }

    /// What the bot must be allowed to do for it; empty: Discord has no part in it.
    pub fn bot_needs(self) -> Permissions {
        match self {
            Self::Warn => Permissions::empty(),
            Self::Kick => Permissions::KICK_MEMBERS,
            Self::Ban | Self::Tempban | Self::Softban | Self::Unban => Permissions::BAN_MEMBERS,
            Self::Timeout | Self::Untimeout => Permissions::MODERATE_MEMBERS,
        }
    }

    /// How near and how far its end may be.
    pub fn limits(self) -> Limits {
        match self {
            Self::Ban => Limits {
                least: "1m",
                most: "5y",
                forever: true,
            },
            Self::Tempban => Limits {
                forever: false,
                ..Self::Ban.limits()
            },
            _ => Limits {
                least: "1s",
                most: "1y",
                forever: false,
            },
        }
    }

    /// Whether it can be done to somebody who is not in the guild.
    pub fn reaches_outsiders(self) -> bool {
        matches!(self, Self::Ban | Self::Tempban | Self::Unban)
    }

    /// Whether it lifts an earlier sanction, to which the order of roles is no obstacle.
    pub fn lifts(self) -> bool {
        matches!(self, Self::Unban | Self::Untimeout)
    }

    /// Whether the person has to be told before it, because afterwards they cannot be reached.
    pub fn tells_before(self) -> bool {
        matches!(self, Self::Kick | Self::Ban | Self::Tempban | Self::Softban)
    }

    /// What has to be done in Discord for a case, if anything.
    pub fn obligation_of(kind: CaseKind) -> Option<ObligationKind> {
        Some(match kind {
            CaseKind::Ban | CaseKind::Tempban | CaseKind::Softban => ObligationKind::Ban,
            CaseKind::Unban => ObligationKind::Unban,
            CaseKind::Kick => ObligationKind::Kick,
            CaseKind::Timeout => ObligationKind::Timeout,
            CaseKind::Untimeout => ObligationKind::TimeoutClear,
            _ => return None,
        })
    }

    /// What undoes it in Discord right afterwards, as a part of it.
    pub fn undone_by(self) -> Option<ObligationKind> {
        (self == Self::Softban).then_some(ObligationKind::Unban)
    }

    /// Days of messages that it deletes when nobody says how many; `None`: as the server has it.
    pub fn delete_days(self) -> Option<i64> {
        (self == Self::Softban).then_some(1)
    }

    /// The action that made a case, if one of these did.
    pub fn of_case(case: &mod_case::Model) -> Option<Self> {
        Some(match case.kind {
            CaseKind::Warn => Self::Warn,
            CaseKind::Kick => Self::Kick,
            CaseKind::Ban => Self::Ban,
            CaseKind::Tempban => Self::Tempban,
            CaseKind::Softban => Self::Softban,
            CaseKind::Unban => Self::Unban,
            CaseKind::Timeout => Self::Timeout,
            CaseKind::Untimeout => Self::Untimeout,
            _ => return None,
        })
    }
}
