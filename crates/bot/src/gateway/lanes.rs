//! Work of one person in one guild, one piece after the other, and guilds taking turns.

use crate::tasks::{Busy, Tasks};
use futures_util::{FutureExt as _, future::BoxFuture};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};

/// Guild (0 in direct messages) and user.
pub(super) type Key = (u64, u64);
type Piece = (Busy, BoxFuture<'static, ()>);

/// Most pieces that wait in one lane, in all lanes of a guild, and in all lanes together.
const LANE: usize = 4_096;
const GUILD: usize = 16_384;
const TOTAL: usize = 65_536;
/// Most lanes that work at the same time: of all, and of one guild.
const AT_ONCE: usize = 64;
const OF_ONE_GUILD: usize = 16;

/// One queue per person and guild: pieces of a lane in order, lanes side by side.
///
/// Guilds take turns, a piece each, and none has more than a share of what works at once. So a guild
/// that is raided waits for itself, and the others do not notice.
#[derive(Clone)]
pub(super) struct Lanes {
    waiting: Arc<Mutex<Waiting>>,
    tasks: Tasks,
}

#[derive(Default)]
struct Waiting {
    guilds: HashMap<u64, Guild>,
    /// Guilds that have something to do and may, each once.
    turns: VecDeque<u64>,
    total: usize,
    workers: usize,
}

/// Of a guild with work that waits or is under way.
#[derive(Default)]
struct Guild {
    lanes: HashMap<u64, VecDeque<Piece>>,
    /// Lanes with work that nobody does at the moment, each once.
    ready: VecDeque<u64>,
    /// Lanes at work.
    working: HashSet<u64>,
    waiting: usize,
}

impl Guild {
    fn may_have_a_turn(&self) -> bool {
        !self.ready.is_empty() && self.working.len() < OF_ONE_GUILD
    }
}

impl Waiting {
    /// Puts a piece at the end of its lane; `false`: it is full.
    fn put(&mut self, (guild_id, user_id): Key, piece: Piece) -> bool {
        if self.total >= TOTAL {
            return false;
        }
        let guild = self.guilds.entry(guild_id).or_default();
        let lane = guild.lanes.entry(user_id).or_default();
        if guild.waiting >= GUILD || lane.len() >= LANE {
            return false;
        }
        let idle = lane.is_empty() && !guild.working.contains(&user_id);
        lane.push_back(piece);
        guild.waiting += 1;
        self.total += 1;
        if idle {
            self.ready(guild_id, user_id);
        }
        true
    }

    fn ready(&mut self, guild_id: u64, user_id: u64) {
        let guild = self.guilds.entry(guild_id).or_default();
        let had_a_turn = guild.may_have_a_turn();
        guild.ready.push_back(user_id);
        if !had_a_turn && guild.may_have_a_turn() {
            self.turns.push_back(guild_id);
        }
    }

    /// The next piece, of the guild whose turn it is.
    fn take(&mut self) -> Option<(Key, Piece)> {
        let guild_id = self.turns.pop_front()?;
        let guild = self.guilds.get_mut(&guild_id)?;
        let user_id = guild.ready.pop_front()?;
        let piece = guild.lanes.get_mut(&user_id)?.pop_front()?;
        guild.working.insert(user_id);
        guild.waiting -= 1;
        self.total -= 1;
        if guild.may_have_a_turn() {
            self.turns.push_back(guild_id);
        }
        Some(((guild_id, user_id), piece))
    }

    /// A piece of this lane is done. What is empty is forgotten.
    fn done(&mut self, (guild_id, user_id): Key) {
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return;
        };
        let had_a_turn = guild.may_have_a_turn();
        guild.working.remove(&user_id);
        if guild
            .lanes
            .get(&user_id)
            .is_some_and(|lane| !lane.is_empty())
        {
            guild.ready.push_back(user_id);
        } else {
            guild.lanes.remove(&user_id);
        }
        if !had_a_turn && guild.may_have_a_turn() {
            self.turns.push_back(guild_id);
        }
        if guild.lanes.is_empty() {
            self.guilds.remove(&guild_id);
        }
    }
}

impl Lanes {
    pub(super) fn new(tasks: Tasks) -> Self {
        Self {
            waiting: Arc::default(),
            tasks,
        }
    }

    /// Puts a piece of work at the end of a lane. Never blocks; `false`: the lane is full, and the
    /// piece was dropped.
    pub(super) fn push(&self, key: Key, work: BoxFuture<'static, ()>) -> bool {
        let piece = (self.tasks.busy(), work);
        let mut waiting = self.lock();
        if !waiting.put(key, piece) {
            return false;
        }
        if waiting.workers < AT_ONCE && !waiting.turns.is_empty() {
            waiting.workers += 1;
            self.tasks.spawn("lane", self.clone().run());
        }
        true
    }

    /// How many pieces wait.
    pub(super) fn waiting(&self) -> usize {
        self.lock().total
    }

    /// Does one piece after the other until none waits.
    async fn run(self) {
        while let Some((key, (busy, work))) = self.next() {
            if AssertUnwindSafe(work).catch_unwind().await.is_err() {
                tracing::error!(user.id = key.1, "handling an event panicked");
            }
            self.lock().done(key);
            drop(busy);
        }
    }

    /// The next piece. Without one the worker is gone: the next push starts another.
    fn next(&self) -> Option<(Key, Piece)> {
        let mut waiting = self.lock();
        let next = waiting.take();
        if next.is_none() {
            waiting.workers -= 1;
        }
        next
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

    /// Work of a raided guild that never ends by itself, and how much of it has begun.
    fn raid(lanes: &Lanes, people: u64) -> (Arc<tokio::sync::Semaphore>, Arc<Mutex<usize>>) {
        let (gate, begun) = (Arc::new(tokio::sync::Semaphore::new(0)), Arc::default());
        for user in 0..people {
            let (gate, begun) = (Arc::clone(&gate), Arc::<Mutex<usize>>::clone(&begun));
            let piece = async move {
                *begun.lock().unwrap() += 1;
                drop(gate.acquire().await);
            };
            assert!(lanes.push((1, user), Box::pin(piece)));
        }
        (gate, begun)
    }

    #[tokio::test]
    async fn a_raided_guild_does_not_keep_the_others_waiting() {
        let tasks = Tasks::default();
        let lanes = Lanes::new(tasks.clone());
        let (gate, begun) = raid(&lanes, 5_000);
        let (told, heard) = tokio::sync::oneshot::channel();
        let other = async move { told.send(()).unwrap() };
        assert!(lanes.push((2, 7), Box::pin(other)));
        // Were it behind the raid, it would wait for ever.
        heard.await.unwrap();
        assert!(*begun.lock().unwrap() <= OF_ONE_GUILD);
        gate.close();
        tasks.idle().await;
        assert_eq!(*begun.lock().unwrap(), 5_000);
        assert_eq!(lanes.waiting(), 0);
        assert!(lanes.lock().guilds.is_empty(), "nothing is left behind");
    }

    #[tokio::test]
    async fn a_raid_fills_the_queue_of_its_guild_and_no_other() {
        let tasks = Tasks::default();
        let lanes = Lanes::new(tasks.clone());
        let (gate, _) = raid(&lanes, GUILD as u64);
        let mut dropped = 0;
        for user in 0..100 {
            if !lanes.push((1, GUILD as u64 + user), Box::pin(async {})) {
                dropped += 1;
            }
        }
        assert_eq!(dropped, 100, "the guild's queue is full");
        assert!(lanes.push((2, 1), Box::pin(async {})));
        gate.close();
        tasks.idle().await;
    }
}
