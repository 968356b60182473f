//! [`CaseSource`].

super::words! {
    /// What made a case.
    pub enum CaseSource {
        /// A command of the bot.
        Command = "command",
        /// Discord's own interface.
        Native = "native",
        /// An automod rule.
        Automod = "automod",
        /// A number of earlier cases.
        Escalation = "escalation",
        /// The end of another case.
        Expiry = "expiry",
        /// A granted appeal.
        Appeal = "appeal",
        /// A step of a plan.
        Plan = "plan",
        /// Another bot's data.
        Import = "import",
        /// An operator of this installation.
        Operator = "operator",
    }
}
