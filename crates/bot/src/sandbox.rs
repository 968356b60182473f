//! The whole bot on one machine, against an imitation of Discord: no account, no token, no network.
//!
//! The bot is the real one. Only Discord, its clock and the people are imitated; what people do
//! comes from a script, a pipe or a prompt, one line at a time (see `sandbox/help.txt`).

mod audience;
mod mistake;
pub mod page;
mod player;
mod record;
mod stage;

pub use audience::{Audience, Form, describe};
pub use player::{PlayError, Player};
pub use record::Record;
pub use stage::{Stage, StageError, settings};

/// What can be written in a script or at the prompt.
pub const HELP: &str = include_str!("sandbox/help.txt");

/// A script that shows what the bot does; played when there is nobody to type.
pub const TOUR: &str = include_str!("sandbox/tour.script");

/// When a script begins: the same in every run, so that transcripts are too.
pub const SCRIPT_TIME: &str = "2027-03-01T12:00:00Z";
