#![doc = include_str!("../README.md")]
#![expect(
    clippy::expect_used,
    reason = "a test that cannot have its database has to fail"
)]

#[cfg(feature = "database")]
mod database;
mod fresh;
pub mod postgres;
mod proxy;
pub mod sqlite;

#[cfg(feature = "database")]
pub use database::{NOON, TestDatabase};
pub use fresh::FreshDatabase;
pub use proxy::Proxy;
