//! The Rookery bot: commands, events and tasks over the controllers.

pub mod parse;
pub mod text;
