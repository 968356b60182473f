//! The latest slow statements, for databases that keep no list of their own.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How many are remembered.
const REMEMBERED: usize = 256;
/// How much of a text; a bulk statement repeats itself.
const LONGEST: usize = 2_000;

/// A ring of slow statements: the oldest makes room.
#[derive(Debug, Default)]
pub(super) struct Slowest(Mutex<VecDeque<(String, Duration)>>);

/// What is remembered of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlowText {
    pub(crate) text: String,
    pub(crate) calls: u64,
    pub(crate) total: Duration,
    pub(crate) max: Duration,
}

impl Slowest {
    pub(super) fn add(&self, mut text: String, ran: Duration) {
        if text.len() > LONGEST {
            text.truncate(text.floor_char_boundary(LONGEST));
        }
        let mut ring = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if ring.len() == REMEMBERED {
            ring.pop_front();
        }
        ring.push_back((text, ran));
    }

    /// One entry for each text, the one with the most time in total first.
    pub(super) fn by_text(&self) -> Vec<SlowText> {
        let ring = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut texts: HashMap<&str, SlowText> = HashMap::new();
        for (text, ran) in &*ring {
            let entry = texts.entry(text).or_insert_with(|| SlowText {
                text: text.clone(),
                calls: 0,
                total: Duration::ZERO,
                max: Duration::ZERO,
            });
            entry.calls += 1;
            entry.total += *ran;
            entry.max = entry.max.max(*ran);
        }
        let mut texts: Vec<SlowText> = texts.into_values().collect();
        texts.sort_by_key(|slow| std::cmp::Reverse(slow.total));
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ring_is_bounded_and_adds_up_by_text() {
        let ring = Slowest::default();
        for n in 0..2 * REMEMBERED {
            let text = if n % 2 == 0 { "even" } else { "odd" };
            let millis = if n % 2 == 0 { 2 } else { 1 };
            ring.add(text.to_owned(), Duration::from_millis(millis));
        }
        let texts = ring.by_text();
        assert_eq!(texts.len(), 2);
        assert_eq!(texts[0].text, "even", "it took the most time");
        let calls: u64 = texts.iter().map(|slow| slow.calls).sum();
        assert_eq!(calls, REMEMBERED as u64);
        ring.add("\u{1f989}".repeat(LONGEST), Duration::from_secs(9));
        assert!(ring.by_text()[0].text.len() <= LONGEST);
    }
}
