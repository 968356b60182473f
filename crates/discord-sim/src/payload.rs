//! Discord's JSON objects, complete as Discord sends them, never the least that a library parses.

mod audit;
mod channel;
mod guild;
mod interaction;
mod message;
mod user;
mod webhook;

pub(crate) use channel::thread_member_json;
pub(crate) use guild::guild_json;
pub(crate) use interaction::Asked;
pub(crate) use user::{role_json, roles_json};
