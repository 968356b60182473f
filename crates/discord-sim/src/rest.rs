//! The REST interface: from a request to an answer.

mod applications;
mod audit;
mod bans;
mod call;
mod cdn;
mod channels;
mod emojis;
mod guilds;
mod interactions;
mod invites;
mod ledger;
mod members;
mod messages;
mod pins;
mod rate_limit;
mod reactions;
mod roles;
mod route;
mod serve;
mod threads;
mod upload;
mod users;
mod webhooks;

pub(crate) use ledger::Ledger;
pub use ledger::Request;
pub(crate) use rate_limit::Limiter;
pub use rate_limit::RateLimits;
pub(crate) use serve::{Dropped, serve};
