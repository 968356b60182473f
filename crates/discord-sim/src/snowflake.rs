//! Ids: a time in the upper 42 bits, and below it whatever keeps two of them apart.

use crate::clock::SimClock;

/// Unix milliseconds of Discord's first second of 2015, where snowflakes begin.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;
/// The world that a seed makes is dated in the year that begins here (2021-01-01).
const WORLD_EPOCH_MS: i64 = 1_609_459_200_000;

/// Makes the ids of everything that comes into being while the simulator runs.
///
/// They rise strictly, so a later message always has the higher id, also on a clock that stands.
#[derive(Debug)]
pub(crate) struct Snowflakes {
    clock: SimClock,
    last: u64,
}

impl Snowflakes {
    pub(crate) fn new(clock: SimClock) -> Self {
        Self { clock, last: 0 }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.last = from_time(self.clock.now_ms()).max(self.last + 1);
        self.last
    }
}

/// Makes the ids of the world at the start: the same in each run with the same seed.
#[derive(Debug)]
pub(crate) struct SeededIds {
    random: u64,
    at_ms: i64,
}

impl SeededIds {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            random: seed,
            at_ms: WORLD_EPOCH_MS,
        }
    }

    pub(crate) fn next(&mut self) -> u64 {
        let noise = self.next_random();
        self.at_ms += 1 + i64::from((noise >> 48) as u16);
        from_time(self.at_ms) | (noise & 0x003f_ffff)
    }

    /// `SplitMix64`: small, and unlike a generator from a library it never changes its sequence.
    /// Whether something happens that happens so many times in a thousand.
    pub(crate) fn hits(&mut self, per_thousand: u16) -> bool {
        self.next_random() % 1_000 < u64::from(per_thousand)
    }

    fn next_random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// The smallest id of a moment.
pub(crate) fn from_time(unix_ms: i64) -> u64 {
    u64::try_from(unix_ms - DISCORD_EPOCH_MS).unwrap_or(0) << 22
}

/// When an id came into being, in unix milliseconds.
pub(crate) fn time_of(id: u64) -> i64 {
    (id >> 22).cast_signed() + DISCORD_EPOCH_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_while_the_clock_stands_and_tell_their_time() {
        let clock = SimClock::fixed(1_704_067_200_000);
        let mut ids = Snowflakes::new(clock);
        let (first, second) = (ids.next(), ids.next());
        assert!(second > first);
        assert_eq!(time_of(second), 1_704_067_200_000);
    }

    #[test]
    fn a_seed_gives_the_same_ids_again_and_another_seed_gives_others() {
        let take = |seed| {
            let mut ids = SeededIds::new(seed);
            [ids.next(), ids.next(), ids.next()]
        };
        assert_eq!(take(7), take(7));
        assert_ne!(take(7), take(8));
        assert!(take(7).is_sorted());
    }
}
