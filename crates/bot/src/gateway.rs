//! From Discord's gateway to our own tasks, in the order in which Discord sent it.
//!
//! serenity starts one task per event, which keeps no order. A collector sees every event on the
//! shard's own task, in order, so the intake hangs there. What arrives before the collector is
//! registered comes by the ordinary way; the intake takes each event once, whichever way it came.

mod handler;
mod intake;
mod lanes;
mod pulse;
mod seen;
mod slots;
mod watchdog;

pub use handler::Handler;
pub use intake::Intake;
pub use pulse::{Pulse, Shard};
pub use watchdog::{DeadShard, watch};
