//! Every task of the bot: counted, named, and ended together.

use futures_util::FutureExt as _;
use std::{
    future::Future,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::Instrument as _;

/// Starts tasks and knows how many have work. Clones share the count.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
    kill: CancellationToken,
    work: Arc<Work>,
}

#[derive(Debug, Default)]
struct Work {
    under_way: AtomicUsize,
    changed: Notify,
}

/// A piece of work; dropping it says that it is over.
#[derive(Debug)]
pub struct Busy(Arc<Work>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::AcqRel);
        self.0.changed.notify_waiters();
    }
}

impl Tasks {
    /// Counts a piece of work from now on, before it has a task.
    pub fn busy(&self) -> Busy {
        self.work.under_way.fetch_add(1, Ordering::AcqRel);
        Busy(Arc::clone(&self.work))
    }

    /// How much work is under way.
    pub fn under_way(&self) -> usize {
        self.work.under_way.load(Ordering::Acquire)
    }

    /// Waits until no work is under way.
    pub async fn idle(&self) {
        loop {
            let changed = self.work.changed.notified();
            if self.under_way() == 0 {
                return;
            }
            changed.await;
        }
    }

    /// Runs a task. A panic in it is logged, and ends nothing but the task.
    pub fn spawn(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let kill = self.kill.clone();
        let guarded = async move {
            let caught = AssertUnwindSafe(kill.run_until_cancelled_owned(work))
                .catch_unwind()
                .await;
            if caught.is_err() {
                // The panic hook has logged where.
                tracing::error!(task = name, "task panicked");
            }
        };
        drop(
            self.tracker
                .spawn(guarded.instrument(tracing::info_span!("task", task = name))),
        );
    }

    /// Asks everything to come to an end: no new work is begun.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Whether everything was asked to come to an end.
    pub fn is_stopping(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Resolves when everything was asked to come to an end.
    pub async fn stopping(&self) {
        self.stop.cancelled().await;
    }

    /// Waits up to `limit` for the work under way; `false`: some was left.
    pub async fn drained(&self, limit: Duration) -> bool {
        tokio::time::timeout(limit, self.idle()).await.is_ok()
    }

    /// Ends every task where it stands.
    pub async fn kill(&self) {
        self.stop.cancel();
        self.kill.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}
