//! Discord's side of time: ids, interaction deadlines, timeouts and the age of messages.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat, Utc};

/// The time that the simulator lives in. Clones share one time.
///
/// A system clock follows the machine's and can be moved ahead of it; a fixed clock stands still and
/// moves only by [`advance`](Self::advance), which is what makes two runs equal.
#[derive(Clone, Debug)]
pub struct SimClock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where a fixed clock began, in unix milliseconds; `None` follows the machine.
    start: Option<i64>,
    /// How far the clock has been advanced, in milliseconds.
    ahead: AtomicI64,
}

impl SimClock {
    /// A clock that follows the machine's.
    pub fn system() -> Self {
        Self::new(None)
    }

    /// A clock that stands at `unix_ms` (milliseconds since 1970, UTC).
    pub fn fixed(unix_ms: i64) -> Self {
        Self::new(Some(unix_ms))
    }

    fn new(start: Option<i64>) -> Self {
        Self(Arc::new(Inner {
            start,
            ahead: AtomicI64::new(0),
        }))
    }

    /// Milliseconds since 1970, UTC.
    pub fn now_ms(&self) -> i64 {
        let base = self.0.start.unwrap_or_else(machine_ms);
        base.saturating_add(self.0.ahead.load(Ordering::SeqCst))
    }

    /// Moves the clock forward. Time never goes back.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let add = |ahead: i64| Some(ahead.saturating_add(by));
        // The closure always answers, so the update cannot fail.
        let _previous = self
            .0
            .ahead
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, add);
    }
}

fn machine_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A time as Discord writes it: `2024-01-01T00:00:00.000000+00:00`.
pub(crate) fn iso(unix_ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(unix_ms)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// Unix milliseconds of an ISO 8601 time with an offset.
pub(crate) fn parse_iso(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| time.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_by_advance_and_for_every_clone() {
        let clock = SimClock::fixed(1_000);
        let other = clock.clone();
        clock.advance(Duration::from_hours(1));
        assert_eq!(other.now_ms(), 3_601_000);
    }

    #[test]
    fn times_are_written_as_discord_writes_them_and_read_back() {
        assert_eq!(iso(1_704_067_200_000), "2024-01-01T00:00:00.000000+00:00");
        assert_eq!(
            parse_iso("2024-01-01T01:00:00.5+01:00"),
            Some(1_704_067_200_500)
        );
    }
}
