//! The simulator from outside: through a real client library, and through bare sockets.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod audience;
mod control;
mod effects;
mod events;
mod faults;
mod limits;
mod people;
mod protocol;
mod refusals;
mod script;
mod serenity_bot;
mod strange;
mod support;
mod walk;
mod web;
mod world;
