//! Time as a parameter.

use chrono::{DateTime, TimeDelta, Utc};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

/// Where domain time comes from. Clones share one clock, so advancing one advances all.
///
/// A running bot uses [`Clock::system`]; tests and the sandbox move time by [`Clock::advance`]
/// instead of waiting for it.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Microseconds since the epoch at which a standing clock stands; `None`: the system's time runs.
    stands_at: Option<i64>,
    /// Microseconds by which the clock was advanced.
    offset: Arc<AtomicI64>,
}

impl Clock {
    /// The computer's clock.
    pub fn system() -> Self {
        Self {
            stands_at: None,
            offset: Arc::default(),
        }
    }

    /// A clock that stands at `time` until it is advanced.
    pub fn standing_at(time: DateTime<Utc>) -> Self {
        Self {
            stands_at: Some(time.timestamp_micros()),
            offset: Arc::default(),
        }
    }

    /// The time in UTC, in whole microseconds: what `PostgreSQL` stores.
    pub fn now(&self) -> DateTime<Utc> {
        let base = self.stands_at.unwrap_or_else(|| {
            let since = UNIX_EPOCH.elapsed().unwrap_or_default();
            i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
        });
        let micros = base.saturating_add(self.offset.load(Ordering::Acquire));
        DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Moves this clock and all its clones forward.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.offset.fetch_add(by, Ordering::AcqRel);
    }

    /// How long from now until `time`; zero when it has passed.
    pub fn until(&self, time: DateTime<Utc>) -> Duration {
        (time - self.now())
            .max(TimeDelta::zero())
            .to_std()
            .unwrap_or_default()
    }

    /// Whether time stands still between advances.
    pub fn stands(&self) -> bool {
        self.stands_at.is_some()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}
