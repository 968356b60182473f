//! A map that remembers what was used lately, within a bound.

use std::{collections::HashMap, hash::Hash, mem};

/// Holds at least the `half` keys used last and at most twice as many.
///
/// Two generations: what is used moves to the young one; when that is full, the old one is forgotten
/// as a whole. Every operation is one or two look-ups, without a list to keep in order.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    half: usize,
}

impl<K: Eq + Hash + Copy, V> Recent<K, V> {
    pub(crate) fn new(half: usize) -> Self {
        Self {
            young: HashMap::new(),
            old: HashMap::new(),
            half,
        }
    }

    /// The value of a key, which counts as used.
    pub(crate) fn get(&mut self, key: &K) -> Option<&mut V> {
        if let Some(value) = self.old.remove(key) {
            self.insert(*key, value);
        }
        self.young.get_mut(key)
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.old.remove(&key);
        if self.young.len() >= self.half && !self.young.contains_key(&key) {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }

    pub(crate) fn remove(&mut self, key: &K) {
        self.young.remove(key);
        self.old.remove(key);
    }

    /// How many keys are remembered.
    pub(crate) fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Recent;
    use proptest::prelude::*;

    #[test]
    fn what_is_removed_is_gone_from_both_generations() {
        let mut recent = Recent::new(1);
        recent.insert(1, "old");
        recent.insert(2, "young");
        recent.remove(&1);
        recent.remove(&2);
        assert_eq!(recent.get(&1), None);
        assert_eq!(recent.get(&2), None);
        assert_eq!(recent.len(), 0);
    }

    proptest! {
        #[test]
        fn the_last_used_keys_are_there_and_the_bound_holds(
            half in 1usize..5,
            used in prop::collection::vec((0u8..12, any::<bool>()), 0..60),
        ) {
            let mut recent = Recent::new(half);
            let mut order: Vec<u8> = Vec::new();
            for (key, write) in used {
                if write {
                    recent.insert(key, key);
                } else if recent.get(&key).is_none() {
                    continue;
                }
                order.retain(|known| *known != key);
                order.push(key);
                prop_assert!(recent.len() <= 2 * half);
                for key in order.iter().rev().take(half) {
                    let known = recent.young.get(key).or_else(|| recent.old.get(key));
                    prop_assert_eq!(known, Some(key));
                }
            }
        }
    }
}
