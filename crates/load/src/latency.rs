//! How long something took, many times.

use std::time::Duration;

use serde::Serialize;

/// What half of all cases and what 99 of 100 stay below, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Latency {
    /// Half of all.
    pub p50_ms: f64,
    /// All but one in a hundred.
    pub p99_ms: f64,
}

impl Latency {
    /// Of nothing it is zero.
    pub(crate) fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |hundredths: usize| {
            let rank = (times.len() * hundredths).div_ceil(100);
            let time = rank.checked_sub(1).and_then(|index| times.get(index));
            time.map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
        };
        Self {
            p50_ms: at(50),
            p99_ms: at(99),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_those_of_the_nearest_case() {
        assert_eq!(Latency::of(Vec::new()), Latency::default());
        let times = (1..=200).rev().map(Duration::from_millis).collect();
        let expected = Latency {
            p50_ms: 100.0,
            p99_ms: 198.0,
        };
        assert_eq!(Latency::of(times), expected);
    }
}
