//! [`TargetType`].

super::words! {
    /// What a case is against.
    pub enum TargetType {
        /// A person, member or not.
        User = "user",
        /// A channel of the guild.
        Channel = "channel",
    }
}
