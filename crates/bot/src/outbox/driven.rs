//! The guilds in which a command is doing what it owes.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// The worker leaves these guilds alone, so that what a command has started, its answer included, comes before
/// what follows from it.
#[derive(Default)]
pub(super) struct Driven(Mutex<BTreeMap<i64, usize>>);

impl Driven {
    /// The guilds.
    pub(super) fn guilds(&self) -> Vec<i64> {
        self.look().keys().copied().collect()
    }

    /// Begins a drive; `wake` is told when it ends.
    pub(super) fn begin<'d>(&'d self, wake: &'d Notify) -> Drive<'d> {
        Drive {
            driven: self,
            wake,
            guild: None,
        }
    }

    fn look(&self) -> MutexGuard<'_, BTreeMap<i64, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One command at work. Dropping it leaves its guild to the worker again.
pub(super) struct Drive<'d> {
    driven: &'d Driven,
    wake: &'d Notify,
    guild: Option<i64>,
}

impl Drive<'_> {
    /// It works in this guild.
    pub(super) fn enter(&mut self, guild: Option<i64>) {
        if let (None, Some(guild)) = (self.guild, guild) {
            *self.driven.look().entry(guild).or_default() += 1;
            self.guild = Some(guild);
        }
    }
}

impl Drop for Drive<'_> {
    fn drop(&mut self) {
        let Some(guild) = self.guild else {
            return;
        };
        let mut driven = self.driven.look();
        if let Some(count) = driven.get_mut(&guild) {
            *count -= 1;
            if *count == 0 {
                driven.remove(&guild);
            }
        }
        drop(driven);
        self.wake.notify_one();
    }
}
