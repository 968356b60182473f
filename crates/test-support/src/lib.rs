#![doc = include_str!("../README.md")]
#![expect(
    clippy::expect_used,
    reason = "a test that cannot have its database has to fail"
)]

mod fresh;
pub mod postgres;
pub mod sqlite;

pub use fresh::FreshDatabase;
