//! The Rookery bot: commands, events and tasks over the controllers.
