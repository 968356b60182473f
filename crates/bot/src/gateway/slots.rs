//! How many interactions are answered at the same time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Most at once: of all guilds, and of one.
const TOTAL: usize = 512;
const OF_ONE_GUILD: usize = 128;

/// Counts interactions under way by guild (0 in direct messages). They cannot wait, because Discord
/// gives them three seconds; so what is too much is turned away.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots(Arc<Mutex<HashMap<u64, usize>>>);

/// One interaction under way; dropping it says that it is over.
#[derive(Debug)]
pub(super) struct Slot {
    slots: Slots,
    guild_id: u64,
}

impl Slots {
    /// A slot for an interaction, unless too many are under way.
    pub(super) fn take(&self, guild_id: u64) -> Option<Slot> {
        let mut taken = self.lock();
        if taken.values().sum::<usize>() >= TOTAL {
            return None;
        }
        let of_guild = taken.entry(guild_id).or_default();
        if *of_guild >= OF_ONE_GUILD {
            return None;
        }
        *of_guild += 1;
        Some(Slot {
            slots: self.clone(),
            guild_id,
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.lock();
        if let Some(count) = taken.get_mut(&self.guild_id) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.guild_id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_guild_cannot_take_every_slot_and_slots_come_back() {
        let slots = Slots::default();
        let raided: Vec<Slot> = std::iter::from_fn(|| slots.take(1)).collect();
        assert_eq!(raided.len(), OF_ONE_GUILD);
        assert!(slots.take(2).is_some());
        drop(raided);
        assert!(slots.take(1).is_some());
        assert!(slots.lock().is_empty(), "nothing is left behind");
    }

    #[test]
    fn all_guilds_together_are_bounded() {
        let slots = Slots::default();
        let mut guild = 0;
        let taken: Vec<Slot> = std::iter::from_fn(|| {
            guild += 1;
            slots.take(guild)
        })
        .collect();
        assert_eq!(taken.len(), TOTAL);
    }
}
