//! The REST interface: from a request to an answer.

mod applications;
mod audit;
mod bans;
mod call;
mod channels;
mod guilds;
mod interactions;
mod ledger;
mod members;
mod messages;
mod roles;
mod route;
mod serve;
mod upload;
mod users;

pub(crate) use ledger::Ledger;
pub use ledger::Request;
pub(crate) use serve::{Dropped, serve};
