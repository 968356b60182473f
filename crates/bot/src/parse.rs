//! What people type, turned into values: the one parser for each kind of input.
//!
//! The prefix forms of commands use all of them, slash options those that Discord does not parse itself. None of
//! them knows Discord's types or the database, and no input makes one panic.

mod command_path;
pub mod flags;
pub mod preset;
pub mod reason;
mod suggest;
pub mod targets;
pub mod time;
pub mod token;

pub use command_path::command_path;
pub use suggest::suggest;
