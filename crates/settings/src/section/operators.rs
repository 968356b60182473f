//! `[operators]`: who may run the bot from inside Discord.

use super::section;

section! {
    /// Who may run the bot from inside Discord.
    pub struct Operators("operators.") {
        /// Ids of the users who may use operator commands, in every guild. Being a guild's owner is not enough.
        user_ids: Vec<u64> = Vec::new();
    }
}
