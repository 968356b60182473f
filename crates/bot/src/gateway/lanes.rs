//! Work of one person in one guild, one piece after the other.

use crate::tasks::{Busy, Tasks};
use futures_util::{FutureExt as _, future::BoxFuture};
use std::{
    collections::{HashMap, VecDeque},
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Semaphore;

/// Guild (0 in direct messages) and user.
pub(super) type Key = (u64, u64);
type Piece = (Busy, BoxFuture<'static, ()>);

/// Most pieces that wait in one lane, and in all lanes together.
const LANE: usize = 4_096;
const TOTAL: usize = 65_536;
/// Most lanes that work at the same time.
const AT_ONCE: usize = 64;

/// One queue per person and guild; lanes run side by side, pieces of a lane in order.
#[derive(Clone)]
pub(super) struct Lanes {
    waiting: Arc<Mutex<Waiting>>,
    at_once: Arc<Semaphore>,
    tasks: Tasks,
}

#[derive(Default)]
struct Waiting {
    lanes: HashMap<Key, VecDeque<Piece>>,
    total: usize,
}

impl Lanes {
    pub(super) fn new(tasks: Tasks) -> Self {
        Self {
            waiting: Arc::default(),
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            tasks,
        }
    }

    /// Puts a piece of work at the end of a lane. Never blocks; `false`: the lane is full, and the
    /// piece was dropped.
    pub(super) fn push(&self, key: Key, work: BoxFuture<'static, ()>) -> bool {
        let piece = (self.tasks.busy(), work);
        let mut waiting = self.lock();
        if waiting.total >= TOTAL {
            return false;
        }
        match waiting.lanes.get_mut(&key) {
            Some(lane) if lane.len() >= LANE => return false,
            Some(lane) => lane.push_back(piece),
            None => {
                waiting.lanes.insert(key, VecDeque::from([piece]));
                self.tasks.spawn("lane", self.clone().run(key));
            }
        }
        waiting.total += 1;
        true
    }

    async fn run(self, key: Key) {
        while let Some((busy, work)) = self.next(key) {
            // The semaphore is never closed.
            let permit = self.at_once.acquire().await;
            if AssertUnwindSafe(work).catch_unwind().await.is_err() {
                tracing::error!(user.id = key.1, "handling an event panicked");
            }
            drop(permit);
            drop(busy);
        }
    }

    /// The next piece of a lane; an empty lane is closed.
    fn next(&self, key: Key) -> Option<Piece> {
        let mut waiting = self.lock();
        let piece = waiting.lanes.get_mut(&key).and_then(VecDeque::pop_front);
        match piece {
            Some(_) => waiting.total -= 1,
            None => drop(waiting.lanes.remove(&key)),
        }
        piece
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pieces_of_a_lane_run_in_order_although_each_takes_its_time() {
        let tasks = Tasks::default();
        let lanes = Lanes::new(tasks.clone());
        let done = Arc::new(Mutex::new(Vec::new()));
        for n in 0..1_000u32 {
            let done = Arc::clone(&done);
            let piece = async move {
                for _ in 0..n % 7 {
                    tokio::task::yield_now().await;
                }
                done.lock().unwrap().push(n);
            };
            assert!(lanes.push((1, 2), Box::pin(piece)));
        }
        tasks.idle().await;
        assert_eq!(*done.lock().unwrap(), (0..1_000).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_panic_ends_its_piece_and_not_the_lane() {
        let tasks = Tasks::default();
        let lanes = Lanes::new(tasks.clone());
        let reached = Arc::new(Mutex::new(false));
        lanes.push((1, 2), Box::pin(async { panic!("boom") }));
        let flag = Arc::clone(&reached);
        lanes.push(
            (1, 2),
            Box::pin(async move { *flag.lock().unwrap() = true }),
        );
        tasks.idle().await;
        assert!(*reached.lock().unwrap());
    }

    #[tokio::test]
    async fn a_full_lane_refuses_and_says_so() {
        let tasks = Tasks::default();
        let lanes = Lanes::new(tasks.clone());
        let mut refused = 0;
        for _ in 0..LANE + 10 {
            if !lanes.push((1, 2), Box::pin(async {})) {
                refused += 1;
            }
        }
        tasks.idle().await;
        assert_eq!(refused, 10);
        assert!(lanes.push((1, 2), Box::pin(async {})));
    }
}
