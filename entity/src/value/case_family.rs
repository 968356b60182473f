//! [`CaseFamily`].

super::words! {
    /// The kinds that replace or lift each other.
    pub enum CaseFamily {
        /// Ban, tempban, softban, unban.
        Ban = "ban",
        /// Timeout, untimeout.
        Timeout = "timeout",
        /// Jail, unjail.
        Jail = "jail",
        /// Snippetban, snippetunban.
        Snippet = "snippet",
        /// Pollban, pollunban.
        Poll = "poll",
    }
}
