//! The simulator from outside: through a real client library, and through bare sockets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod events;
mod serenity_bot;
mod support;
mod walk;
