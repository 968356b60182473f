//! What the bot knows about Discord, and how it reaches it.

pub mod channel;
pub mod guild;
pub mod http;
pub mod intents;
pub mod invite;
pub mod member;
pub mod snowflake;
