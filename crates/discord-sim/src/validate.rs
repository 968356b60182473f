//! Holds what is said against descriptions that we did not write: Discord's own of its API, a
//! schema of the gateway's events, and serenity's own types.
//!
//! Only the feature `validate` has this, and tests alone switch it on.

mod allowed;
mod event;
mod exchange;
mod schemas;
mod words;

pub(crate) use event::check as event;
pub(crate) use exchange::check as exchange;
