//! [`PermissionMode`].

super::words! {
    /// What decides who may use a command.
    pub enum PermissionMode {
        /// Discord's permissions until ranks are configured, then ranks.
        Auto = "auto",
        /// Discord's permissions only.
        Discord = "discord",
        /// Ranks only.
        Ranks = "ranks",
        /// Whichever of the two allows it.
        Either = "either",
    }
}
