//! `[bot]`: what holds in a guild that has changed nothing.

use super::section;

section! {
    /// What holds in a guild that has changed nothing.
    pub struct Bot("bot.") {
        /// The prefix of commands that are typed as messages.
        default_prefix: String = "!".to_owned(),
            only "1 to 5 characters without spaces and backticks, not beginning with @, # or /"
            if |prefix| is_prefix(prefix);
        /// The language of the bot's texts, as the name of a folder in `locales`.
        default_language: String = "en".to_owned();
        /// Refuse people who use commands too fast: 5 in 10 seconds of those that only tell something, 10 in 30 seconds
        /// of those that change settings, 30 in 60 seconds of those that moderate.
        rate_limits: bool = true;
    }
}

/// Whether messages may begin with this to call a command: the rule for every guild's prefix as well.
pub fn is_prefix(text: &str) -> bool {
    (1..=5).contains(&text.chars().count())
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '`')
        && !text.starts_with(['@', '#', '/'])
}
