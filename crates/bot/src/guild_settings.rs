//! What each guild has configured, kept in memory and never trusted blindly.
//!
//! The prefix is needed for every message, so it is answered from memory. Who may do what is checked
//! against the database for each command: one row says whether anything has changed since it was
//! read, in this process or another. So a rank that was taken away is gone for the next command
//! everywhere, and an unchanged guild costs one statement.

mod cache;
mod configured;

pub use cache::{Current, GuildSettingsCache};
pub use configured::{Configured, GuildSettings};
