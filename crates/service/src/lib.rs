#![doc = include_str!("../README.md")]

mod connect_postgres;
mod connect_sqlite;
mod database;
mod error;
mod health;
mod options;
mod pool;
mod retry;

pub use database::Database;
pub use error::Error;
pub use health::{HealthReport, PoolUse};
pub use options::Options;
pub use pool::Pool;
pub use retry::Retry;
