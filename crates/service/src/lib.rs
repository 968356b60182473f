#![doc = include_str!("../README.md")]

mod connect_postgres;
mod connect_sqlite;
mod database;
mod drift;
mod driver;
mod error;
mod health;
mod keeper;
mod lent;
mod listener;
mod observe;
mod options;
mod outage;
mod pool;
mod retry;
mod session;
mod slow_queries;
mod transaction;

pub use database::Database;
pub use drift::{Difference, SchemaDrift};
pub use error::Error;
pub use health::{HealthReport, PoolUse, ReplicaHealth};
pub use listener::{Heard, Listener};
pub use observe::{FailureCount, Latency, Operation, Verb};
pub use options::Options;
pub use outage::Outage;
pub use pool::Pool;
pub use retry::Retry;
pub use slow_queries::{SlowQuery, SlowSource};
pub use transaction::{Isolation, TransactionKind};
