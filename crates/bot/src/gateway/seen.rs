//! Which events were taken already.

use std::collections::{HashSet, VecDeque};

/// Remembers the newest ids, up to a bound. Discord may deliver an event again after a resume.
#[derive(Debug)]
pub(super) struct Seen {
    known: HashSet<u64>,
    order: VecDeque<u64>,
    bound: usize,
}

impl Seen {
    /// Remembers up to `bound` ids.
    pub(super) fn new(bound: usize) -> Self {
        Self {
            known: HashSet::new(),
            order: VecDeque::new(),
            bound,
        }
    }

    /// Whether this id is new; it is known from now on.
    pub(super) fn first_time(&mut self, id: u64) -> bool {
        if !self.known.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > self.bound
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn an_id_is_new_once_and_forgotten_when_the_bound_is_passed() {
        let mut seen = Seen::new(2);
        assert!(seen.first_time(1));
        assert!(!seen.first_time(1));
        assert!(seen.first_time(2));
        assert!(seen.first_time(3));
        assert!(!seen.first_time(3));
        assert!(seen.first_time(1), "the oldest one was forgotten");
    }
}
