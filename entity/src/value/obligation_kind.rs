//! [`ObligationKind`].

super::words! {
    /// What is owed.
    pub enum ObligationKind {
        /// Ban a user.
        Ban = "ban",
        /// Unban a user.
        Unban = "unban",
        /// Kick a member.
        Kick = "kick",
        /// Put a member in timeout.
        Timeout = "timeout",
        /// End a timeout.
        TimeoutClear = "timeout_clear",
        /// Set all roles of a member.
        Roles = "roles",
        /// Give or take one role.
        Role = "role",
        /// Set a nickname.
        Nick = "nick",
        /// Set a channel's permission overwrite.
        Overwrite = "overwrite",
        /// Set a channel's slow mode.
        Slowmode = "slowmode",
        /// Delete messages.
        DeleteMessages = "delete_messages",
        /// Send a direct message.
        Dm = "dm",
        /// Post to a log channel.
        Log = "log",
        /// Edit an earlier log message.
        LogEdit = "log_edit",
        /// Answer the moderator.
        Reply = "reply",
        /// End a case whose time is up.
        Expire = "expire",
        /// Prolong a timeout beyond Discord's maximum.
        Renew = "renew",
        /// Deliver a reminder.
        Remind = "remind",
        /// End an absence.
        AfkEnd = "afk_end",
        /// Close a poll.
        PollClose = "poll_close",
        /// Bring a starboard message up to date.
        StarSync = "star_sync",
        /// Remove a temporary voice channel.
        VoiceEnd = "voice_end",
        /// Post a member's report to staff.
        ReportPost = "report_post",
        /// Store evidence.
        Evidence = "evidence",
        /// Run a step of a plan.
        PlanStep = "plan_step",
        /// Send a digest.
        Digest = "digest",
        /// Compare with Discord's audit log.
        Reconcile = "reconcile",
        /// Delete the data of a guild that was left.
        PurgeGuild = "purge_guild",
        /// Delete what is past its time.
        Retention = "retention",
    }
}
