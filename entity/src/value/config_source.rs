//! [`ConfigSource`].

super::words! {
    /// What changed a setting.
    pub enum ConfigSource {
        /// A command of the bot.
        Command = "command",
        /// The dashboard.
        Dashboard = "dashboard",
        /// An imported file.
        Import = "import",
        /// An operator of this installation.
        Operator = "operator",
    }
}
