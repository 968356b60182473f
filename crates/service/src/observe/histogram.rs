//! Durations, counted in buckets.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Buckets for each doubling: a percentile is told to within a fifth.
const PER_DOUBLING: usize = 4;
/// From one microsecond to two minutes; what is longer counts as that.
const DOUBLINGS: usize = 27;
const BUCKETS: usize = PER_DOUBLING * DOUBLINGS;

/// How often which duration occurred.
#[derive(Debug)]
pub(super) struct Histogram {
    buckets: [AtomicU64; BUCKETS],
    total_micros: AtomicU64,
    max_micros: AtomicU64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            buckets: std::array::from_fn(|_| AtomicU64::new(0)),
            total_micros: AtomicU64::new(0),
            max_micros: AtomicU64::new(0),
        }
    }
}

impl Histogram {
    pub(super) fn add(&self, duration: Duration) {
        let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.buckets[bucket(micros)].fetch_add(1, Ordering::Relaxed);
        self.total_micros.fetch_add(micros, Ordering::Relaxed);
        self.max_micros.fetch_max(micros, Ordering::Relaxed);
    }

    pub(super) fn total(&self) -> Duration {
        Duration::from_micros(self.total_micros.load(Ordering::Relaxed))
    }

    pub(super) fn max(&self) -> Duration {
        Duration::from_micros(self.max_micros.load(Ordering::Relaxed))
    }

    /// The duration that `share` of all (from 0 to 1) do not exceed, rounded up to a bucket's end.
    pub(super) fn quantile(&self, share: f64) -> Duration {
        let counts: Vec<u64> = self
            .buckets
            .iter()
            .map(|b| b.load(Ordering::Relaxed))
            .collect();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rank need not be exact beyond 2^52 calls"
        )]
        let rank = (counts.iter().sum::<u64>() as f64 * share).ceil() as u64;
        let mut seen = 0;
        let reached = counts.iter().position(|count| {
            seen += count;
            seen >= rank.max(1)
        });
        // The last bucket has no end.
        reached.map_or(Duration::ZERO, |bucket| upper_end(bucket).min(self.max()))
    }
}

/// The two bits below the highest one tell the quarter of the doubling.
fn bucket(micros: u64) -> usize {
    let micros = micros.max(1);
    let doubling = micros.ilog2();
    let quarter = if doubling >= 2 {
        (micros >> (doubling - 2)) & 3
    } else {
        (micros << (2 - doubling)) & 3
    };
    let bucket = doubling as usize * PER_DOUBLING + usize::try_from(quarter).unwrap_or(0);
    bucket.min(BUCKETS - 1)
}

fn upper_end(bucket: usize) -> Duration {
    let (doubling, quarter) = (bucket / PER_DOUBLING, bucket % PER_DOUBLING);
    let nanos = (1_000_u64 << doubling) / 4 * (5 + quarter as u64);
    Duration::from_nanos(nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_at_most_a_quarter_above_the_truth() {
        let histogram = Histogram::default();
        for micros in 1..=10_000 {
            histogram.add(Duration::from_micros(micros));
        }
        for (share, truth) in [(0.5, 5_000.0), (0.99, 9_900.0), (1.0, 10_000.0)] {
            let told = histogram.quantile(share).as_secs_f64() * 1e6;
            assert!((truth..=truth * 1.25).contains(&told), "{share}: {told}");
        }
        assert_eq!(histogram.max(), Duration::from_millis(10));
        assert_eq!(histogram.total(), Duration::from_millis(50_005));
    }

    #[test]
    fn nothing_and_the_longest_have_a_place() {
        let histogram = Histogram::default();
        assert_eq!(histogram.quantile(0.5), Duration::ZERO);
        histogram.add(Duration::ZERO);
        histogram.add(Duration::MAX);
        assert!(histogram.quantile(1.0) > Duration::from_mins(1));
    }
}
