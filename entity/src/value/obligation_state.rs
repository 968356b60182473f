//! [`ObligationState`].

super::words! {
    /// How far an obligation has come.
    pub enum ObligationState {
        /// Waiting until it is due.
        Pending = "pending",
        /// A worker is at it.
        Leased = "leased",
        /// Carried out.
        Done = "done",
        /// Given up.
        Failed = "failed",
        /// No longer wanted.
        Cancelled = "cancelled",
        /// Waiting for the guild to come back.
        Paused = "paused",
    }
}
