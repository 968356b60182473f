//! [`CaseEventKind`].

super::words! {
    /// What happened to a case.
    pub enum CaseEventKind {
        /// Recorded.
        Created = "created",
        /// Confirmed by Discord.
        Effective = "effective",
        /// Refused by Discord.
        Failed = "failed",
        /// Tried again after a failure.
        Retried = "retried",
        /// Reason or duration changed.
        Edited = "edited",
        /// Remark added by staff.
        Commented = "commented",
        /// The member was told, or could not be.
        Dm = "dm",
        /// Posted to the log channel, or could not be.
        Logged = "logged",
        /// Ended by time.
        Expired = "expired",
        /// Ended by a later case.
        Lifted = "lifted",
        /// Replaced by a newer sanction.
        Superseded = "superseded",
        /// Withdrawn.
        Voided = "voided",
        /// Withdrawal undone.
        Restored = "restored",
        /// Evidence added.
        Evidence = "evidence",
        /// Appeal filed or decided.
        Appeal = "appeal",
        /// Text erased; the hash chain stays.
        Redacted = "redacted",
    }
}
