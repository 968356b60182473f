//! [`AttemptOutcome`].

super::words! {
    /// What one try at an obligation came to.
    pub enum AttemptOutcome {
        /// Done.
        Ok = "ok",
        /// It was so before.
        Already = "already",
        /// Discord said no for good.
        Refused = "refused",
        /// To be tried again.
        Retry = "retry",
        /// Rate limited; does not count as a try.
        Limited = "limited",
        /// The answer never came.
        Lost = "lost",
    }
}
