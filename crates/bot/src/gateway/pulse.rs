//! Signs of life of each shard.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// What is known of the shards of this process. Clones share it.
#[derive(Debug, Clone)]
pub struct Pulse(Arc<Mutex<BTreeMap<u32, Shard>>>);

/// What is known of one shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Whether Discord has greeted it, and nothing has happened since.
    pub connected: bool,
    /// When it last did anything: an event, an answered heartbeat, another stage of connecting.
    pub alive_at: Instant,
    /// Between the last heartbeat and its answer; `None` before the first one.
    pub latency: Option<Duration>,
}

impl Pulse {
    /// Of shards that are about to connect.
    pub fn new(shards: impl IntoIterator<Item = u32>) -> Self {
        let unborn = Shard {
            connected: false,
            alive_at: Instant::now(),
            latency: None,
        };
        let shards = shards.into_iter().map(|id| (id, unborn)).collect();
        Self(Arc::new(Mutex::new(shards)))
    }

    /// All shards by number.
    pub fn shards(&self) -> BTreeMap<u32, Shard> {
        self.lock().clone()
    }

    /// Whether Discord has greeted every shard.
    pub(super) fn all_connected(&self) -> bool {
        self.lock().values().all(|shard| shard.connected)
    }

    /// An event came.
    pub(super) fn beat(&self, id: u32) {
        self.update(id, |shard| shard.alive_at = Instant::now());
    }

    /// A stage of connecting began.
    pub(super) fn stage(&self, id: u32, connected: bool) {
        self.update(id, |shard| {
            shard.connected = connected;
            shard.alive_at = Instant::now();
        });
    }

    /// The latency as serenity knows it now. Measured to the nanosecond, another one means that
    /// another heartbeat was answered.
    pub(super) fn latency(&self, id: u32, latency: Option<Duration>) {
        self.update(id, |shard| {
            if shard.latency != latency {
                shard.latency = latency;
                shard.alive_at = Instant::now();
            }
        });
    }

    fn update(&self, id: u32, change: impl FnOnce(&mut Shard)) {
        if let Some(shard) = self.lock().get_mut(&id) {
            change(shard);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u32, Shard>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answered_heartbeat_is_a_sign_of_life_and_a_stale_one_is_none() {
        let pulse = Pulse::new(0..2);
        let alive_at = |id| pulse.shards()[&id].alive_at;
        let born = alive_at(0);
        pulse.latency(0, Some(Duration::from_millis(40)));
        let beaten = alive_at(0);
        assert!(beaten > born);
        pulse.latency(0, Some(Duration::from_millis(40)));
        assert_eq!(alive_at(0), beaten, "the same heartbeat, seen again");
        assert_eq!(alive_at(1), born, "another shard");
    }

    #[test]
    fn a_shard_of_another_process_is_not_ours() {
        let pulse = Pulse::new([3]);
        pulse.stage(4, true);
        assert_eq!(pulse.shards().keys().copied().collect::<Vec<_>>(), [3]);
    }
}
