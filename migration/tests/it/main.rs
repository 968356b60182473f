//! The migrations, on both kinds of database.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod catalogue;
mod command_line;
mod concurrent;
mod sql;
mod up_and_down;
mod versions;
