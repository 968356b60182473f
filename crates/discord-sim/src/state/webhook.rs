//! Webhooks: a way to write into a channel with a token of its own.

/// An incoming webhook.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) guild: u64,
    pub(crate) name: String,
    pub(crate) token: String,
    /// Who made it.
    pub(crate) author: u64,
}
