//! People and bots, apart from any guild.

/// An account.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) bot: bool,
    /// Whether this person takes direct messages from bots.
    pub(crate) dms_open: bool,
}
