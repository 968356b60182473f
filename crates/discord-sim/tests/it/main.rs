//! The simulator from outside: through a real client library, and through bare sockets.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod audience;
mod channels;
mod control;
mod effects;
mod events;
mod faults;
mod forms;
mod gateway_faults;
mod gateway_limits;
mod limits;
mod people;
mod presence;
mod protocol;
mod rate_limits;
mod refusals;
mod script;
mod serenity_bot;
mod serenity_rest;
mod stories;
mod strange;
mod support;
mod threads;
mod tls;
mod walk;
mod web;
mod world;
mod writing;
