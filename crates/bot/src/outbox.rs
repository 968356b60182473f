//! What the bot owes, and how it is done.

/// The doer of obligations.
pub struct Outbox;
