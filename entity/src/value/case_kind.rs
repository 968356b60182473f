//! [`CaseKind`].

use super::CaseFamily;

super::words! {
    /// What a case is about.
    pub enum CaseKind {
        /// Banned until lifted.
        Ban = "ban",
        /// Banned until a time.
        Tempban = "tempban",
        /// Banned and unbanned at once, to delete messages.
        Softban = "softban",
        /// Lifts a ban or tempban.
        Unban = "unban",
        /// Removed; may come back.
        Kick = "kick",
        /// Warned; nothing happens in Discord.
        Warn = "warn",
        /// Remark for staff; the member is not told.
        Note = "note",
        /// May not write or speak until a time.
        Timeout = "timeout",
        /// Lifts a timeout.
        Untimeout = "untimeout",
        /// All roles replaced by the jail role.
        Jail = "jail",
        /// Lifts a jail and gives the roles back.
        Unjail = "unjail",
        /// May not write snippets.
        Snippetban = "snippetban",
        /// Lifts a snippetban.
        Snippetunban = "snippetunban",
        /// May not create polls.
        Pollban = "pollban",
        /// Lifts a pollban.
        Pollunban = "pollunban",
        /// Messages of a channel deleted in bulk.
        Purge = "purge",
        /// Slow mode of a channel changed.
        Slowmode = "slowmode",
        /// A channel closed for writing.
        Lockdown = "lockdown",
        /// Nickname changed.
        Nick = "nick",
        /// Role given or taken.
        Role = "role",
    }
}

impl CaseKind {
    /// The kinds that this one replaces or lifts, `None` when it stands alone.
    pub const fn family(self) -> Option<CaseFamily> {
        match self {
            Self::Ban | Self::Tempban | Self::Softban | Self::Unban => Some(CaseFamily::Ban),
            Self::Timeout | Self::Untimeout => Some(CaseFamily::Timeout),
            Self::Jail | Self::Unjail => Some(CaseFamily::Jail),
            Self::Snippetban | Self::Snippetunban => Some(CaseFamily::Snippet),
            Self::Pollban | Self::Pollunban => Some(CaseFamily::Poll),
            Self::Kick
            | Self::Warn
            | Self::Note
            | Self::Purge
            | Self::Slowmode
            | Self::Lockdown
            | Self::Nick
            | Self::Role => None,
        }
    }

    /// Whether Discord has to be called. The other kinds reach their end state when they are
    /// recorded.
    pub const fn has_discord_action(self) -> bool {
        !matches!(
            self,
            Self::Warn
                | Self::Note
                | Self::Snippetban
                | Self::Snippetunban
                | Self::Pollban
                | Self::Pollunban
        )
    }

    /// Whether this kind holds the place of its family: at most one pending or active case of
    /// such a kind per person and family, which a unique index enforces.
    pub const fn is_sanction(self) -> bool {
        matches!(
            self,
            Self::Ban
                | Self::Tempban
                | Self::Softban
                | Self::Timeout
                | Self::Jail
                | Self::Snippetban
                | Self::Pollban
        )
    }
}
