//! The service on real databases: every test runs on SQLite and on PostgreSQL.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod begin;
mod cancel;
mod connect;
mod connection;
mod drift;
mod faults;
mod health;
mod kinds;
mod listener;
mod observe;
mod on_commit;
mod options;
mod outage;
mod pool;
mod retry;
mod round_trips;
mod sql;
