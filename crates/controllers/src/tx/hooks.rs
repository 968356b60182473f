//! What runs after COMMIT.

use futures_util::future::BoxFuture;
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// Hooks in the order in which they were added. Clones share one queue.
#[derive(Clone, Default)]
pub(super) struct Hooks(Arc<Mutex<Vec<BoxFuture<'static, ()>>>>);

impl Hooks {
    pub(super) fn push(&self, hook: BoxFuture<'static, ()>) {
        self.queue(|queue| queue.push(hook));
    }

    /// Moves the hooks of a released savepoint behind those of its transaction.
    pub(super) fn append(&self, released: &Self) {
        let released = released.take();
        self.queue(|queue| queue.extend(released));
    }

    pub(super) async fn run(self) {
        for hook in self.take() {
            hook.await;
        }
    }

    fn take(&self) -> Vec<BoxFuture<'static, ()>> {
        self.queue(std::mem::take)
    }

    fn queue<T>(&self, change: impl FnOnce(&mut Vec<BoxFuture<'static, ()>>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hooks")
    }
}
