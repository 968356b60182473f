//! The controllers on real databases: every test runs on SQLite and on PostgreSQL.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod bulk;
mod case_pages;
mod crud;
mod errors;
mod feather;
mod filter;
mod hook;
mod mocked;
mod model;
mod page;
mod performance;
mod policy;
mod property;
mod query;
mod recorder;
mod relation;
mod round_trips;
mod soft_delete;
mod specimen;
mod tenant;
mod text;
mod transact;
mod upsert;
mod window;
