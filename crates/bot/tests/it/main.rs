//! Tests of the whole bot.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that cannot go on says where"
)]

mod browser;
mod cache;
mod cases;
mod changes;
mod confirm;
mod core;
mod http;
mod invocation;
mod layers;
mod lease;
mod limits;
mod load;
mod logs;
mod moderation;
mod order;
mod permissions;
mod program;
mod reasons;
mod restart;
mod seen;
mod shards;
mod start;
mod stop;
mod storage;
mod tour;
mod watchdog;
mod why;
mod world;
