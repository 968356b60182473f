//! Tests of the whole bot.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that cannot go on says where"
)]

mod cases;
mod changes;
mod confirm;
mod core;
mod invocation;
mod layers;
mod lease;
mod load;
mod logs;
mod moderation;
mod order;
mod permissions;
mod program;
mod reasons;
mod restart;
mod seen;
mod start;
mod stop;
mod tour;
mod why;
mod world;
