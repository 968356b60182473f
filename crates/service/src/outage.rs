//! A database that is away on purpose.

use sea_orm::{ConnAcquireErr, DbErr};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A switch with which a sandbox or a test takes the database away and gives it back. Clones are the
/// same switch.
///
/// While it is on, every call and every new transaction fails with [`controllers::Error::Connection`], as
/// it does when the server cannot be reached. What was under way is let finish: it had its connection.
#[derive(Clone, Debug, Default)]
pub struct Outage(Arc<AtomicBool>);

impl Outage {
    /// Takes the database away, or gives it back.
    pub fn set(&self, away: bool) {
        self.0.store(away, Ordering::Release);
    }

    /// Whether the database is away.
    pub fn is_on(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    pub(crate) fn refuse(&self) -> Result<(), DbErr> {
        if self.is_on() {
            Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
        } else {
            Ok(())
        }
    }
}
