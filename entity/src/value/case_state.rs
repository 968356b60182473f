//! [`CaseState`].

super::words! {
    /// How far a case has come.
    pub enum CaseState {
        /// Recorded; what Discord says is not known yet.
        Pending = "pending",
        /// In force.
        Active = "active",
        /// Carried out, with nothing left to lift.
        Done = "done",
        /// Refused by Discord for good.
        Failed = "failed",
        /// Ended by time.
        Expired = "expired",
        /// Ended by a later case.
        Lifted = "lifted",
        /// Replaced by a newer sanction of the family.
        Superseded = "superseded",
        /// Withdrawn; stays visible and does not count.
        Voided = "voided",
    }
}
