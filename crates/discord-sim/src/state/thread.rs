//! Threads: conversations that belong to a channel.

use std::collections::BTreeMap;

/// What only a thread has, beside what every channel has.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "Discord's own properties of a thread, each independent of the others"
)]
pub(crate) struct Thread {
    pub(crate) owner: u64,
    /// Whether only its members and those who manage threads see it.
    pub(crate) private: bool,
    /// Whether members of a private thread may add others.
    pub(crate) invitable: bool,
    pub(crate) archived: bool,
    /// Whether only those who manage threads may open it again.
    pub(crate) locked: bool,
    /// Minutes without a message after which it is archived.
    pub(crate) auto_archive: u64,
    pub(crate) created_ms: i64,
    /// When it was last archived or opened again.
    pub(crate) changed_ms: i64,
    /// Its members, and since when.
    pub(crate) members: BTreeMap<u64, i64>,
    /// How many messages were ever sent in it.
    pub(crate) sent: u64,
}
