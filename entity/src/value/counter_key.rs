//! [`CounterKey`].

super::words! {
    /// What a counter numbers.
    pub enum CounterKey {
        /// Cases.
        Case = "case",
        /// Plans.
        Plan = "plan",
        /// Appeals.
        Appeal = "appeal",
        /// Reports.
        Report = "report",
        /// Changes of settings.
        Config = "config",
        /// Differences found from a plan.
        Drift = "drift",
        /// Hits of automod rules.
        AutomodHit = "automod_hit",
        /// Status roles.
        StatusRole = "status_role",
        /// Archives.
        Archive = "archive",
    }
}
