//! [`LogKind`].

super::words! {
    /// The kinds of log a guild can send to a channel.
    pub enum LogKind {
        /// Cases.
        Mod = "mod",
        /// Changes of the guild.
        Audit = "audit",
        /// Members who come and go.
        Join = "join",
        /// Edited and deleted messages.
        Message = "message",
        /// For senior staff only.
        Private = "private",
        /// Reports by members.
        Report = "report",
        /// Problems of the bot itself.
        Dev = "dev",
    }
}
