//! Connections at hand: taken from sqlx's pool once, used for many statements.
//!
//! sqlx's pool asks the server whenever a connection comes back, and hands it over on a task: for a statement on one
//! row that is more work than the statement. So the pool underneath opens connections, renews them and closes them,
//! and the keeper has those that are in use on a shelf of its own:
//!
//! - A caller waits for a *turn*. There are as many as connections, given out in the order of asking.
//! - Whoever has a turn takes the connection used last, or gets one from sqlx when the shelf is empty.
//! - Only a connection whose last statement has completed without an error goes back on the shelf. Every other one,
//!   that of a cancelled caller above all, is brought in order on a task, which keeps the turn meanwhile, and goes
//!   back to sqlx, or is closed.
//! - One that has rested is asked first whether it is still good.
//! - One that has rested for long, or was used for long, goes back to sqlx, so that lifetimes hold.

use crate::{driver::Driver, lent::Lent};
use sqlx::pool::PoolConnection;
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};

/// A connection that was used this recently is handed out without asking the server first, so that a call on a warm
/// pool is one round trip.
pub(crate) const RESTED: Duration = Duration::from_millis(500);
/// After resting this long, a connection goes back to sqlx, whose limits for idle ones count from there.
const UNUSED: Duration = Duration::from_secs(10);
/// After this long in use, a connection goes back to sqlx, which closes it when its lifetime is over.
const USED: Duration = Duration::from_mins(1);

/// How a keeper treats its callers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manners {
    /// Most connections.
    pub(crate) max: u32,
    /// How long a caller waits for one.
    pub(crate) patience: Duration,
    /// How long the server may take to answer a statement before its connection counts as lost.
    pub(crate) answer: Option<Duration>,
    /// Whether a standby will not do.
    pub(crate) writer: bool,
}

/// The connections of one pool.
pub(crate) struct Keeper<DB: Driver> {
    pool: sqlx::Pool<DB>,
    pub(crate) manners: Manners,
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    at_rest: Mutex<Shelf<DB>>,
    /// Something was put on an empty shelf, or the keeper is gone.
    stocked: Arc<Notify>,
}

struct Shelf<DB: Driver> {
    /// The one used last is at the end.
    resting: Vec<Resting<DB>>,
    closed: bool,
}

struct Resting<DB: Driver> {
    connection: PoolConnection<DB>,
    /// When it came from sqlx.
    taken: Instant,
    /// When it was used last; `None` when it has to be asked however short that is ago.
    used: Option<Instant>,
}

impl<DB: Driver> Keeper<DB> {
    pub(crate) fn over(pool: sqlx::Pool<DB>, manners: Manners) -> Arc<Self> {
        let keeper = Arc::new(Self {
            pool,
            manners,
            turns: Arc::new(Semaphore::new(manners.max as usize)),
            waiting: AtomicUsize::new(0),
            at_rest: Mutex::new(Shelf {
                resting: Vec::new(),
                closed: false,
            }),
            stocked: Arc::default(),
        });
        tokio::spawn(tidy(Arc::downgrade(&keeper), Arc::clone(&keeper.stocked)));
        keeper
    }

    /// A connection, within the caller's patience.
    pub(crate) async fn lend(self: &Arc<Self>) -> Result<Lent<DB>, sqlx::Error> {
        let turn = Arc::clone(&self.turns).try_acquire_owned().ok();
        if turn.is_some()
            && let Some(resting) = self.used_just_now()
        {
            return Ok(self.lent(resting.connection, resting.taken, turn));
        }
        match timeout(self.manners.patience, self.lend_in_turn(turn)).await {
            Ok(lent) => lent,
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    async fn lend_in_turn(
        self: &Arc<Self>,
        turn: Option<OwnedSemaphorePermit>,
    ) -> Result<Lent<DB>, sqlx::Error> {
        let turn = match turn {
            Some(turn) => turn,
            None => self.turn().await?,
        };
        let mut turn = Some(turn);
        while let Some(resting) = self.used_last() {
            let mut lent = self.lent(resting.connection, resting.taken, turn.take());
            let fresh = resting.used.is_some_and(|used| used.elapsed() < RESTED);
            if fresh || lent.is_fit().await {
                return Ok(lent);
            }
            turn = lent.discard();
        }
        let connection = self.pool.acquire().await?;
        Ok(self.lent(connection, Instant::now(), turn))
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, sqlx::Error> {
        let _counted = Waiting::count(&self.waiting);
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        turn.map_err(|_closed| sqlx::Error::PoolClosed)
    }

    fn lent(
        self: &Arc<Self>,
        connection: PoolConnection<DB>,
        taken: Instant,
        turn: Option<OwnedSemaphorePermit>,
    ) -> Lent<DB> {
        Lent::new(Arc::clone(self), connection, taken, turn)
    }

    fn used_last(&self) -> Option<Resting<DB>> {
        self.look().resting.pop()
    }

    /// The connection used last, unless it has rested.
    fn used_just_now(&self) -> Option<Resting<DB>> {
        let fresh =
            |resting: &mut Resting<DB>| resting.used.is_some_and(|used| used.elapsed() < RESTED);
        self.look().resting.pop_if(fresh)
    }

    /// Takes back a connection that is in order. Hands out again what has to go back to sqlx.
    pub(crate) fn put(
        &self,
        connection: PoolConnection<DB>,
        taken: Instant,
    ) -> Option<PoolConnection<DB>> {
        let mut kept = self.look();
        if kept.closed || taken.elapsed() > USED {
            return Some(connection);
        }
        if kept.resting.is_empty() {
            self.stocked.notify_one();
        }
        kept.resting.push(Resting {
            connection,
            taken,
            used: Some(Instant::now()),
        });
        None
    }

    /// A connection was lost, and perhaps the others with it: none of those at rest is used unasked.
    pub(crate) fn distrust(&self) {
        for resting in &mut self.look().resting {
            resting.used = None;
        }
    }

    /// Lets calls under way finish, refuses new ones and closes every connection.
    pub(crate) async fn close(&self) {
        let resting = {
            let mut kept = self.look();
            kept.closed = true;
            std::mem::take(&mut kept.resting)
        };
        self.turns.close();
        drop(resting);
        self.pool.close().await;
    }

    /// Most connections, those at work, those at rest (here and with sqlx), and callers without a turn.
    pub(crate) fn usage(&self) -> (u32, u32, u32, usize) {
        let max = self.manners.max;
        let free = u32::try_from(self.turns.available_permits()).unwrap_or(max);
        let in_use = max.saturating_sub(free);
        let idle = self.pool.size().saturating_sub(in_use);
        (max, in_use, idle, self.waiting.load(Ordering::Relaxed))
    }

    /// Takes what has rested for `long` off the shelf.
    fn unused(&self, long: Duration) -> Vec<Resting<DB>> {
        let is_unused =
            |resting: &mut Resting<DB>| resting.used.is_none_or(|used| used.elapsed() >= long);
        self.look().resting.extract_if(.., is_unused).collect()
    }

    /// The shelf, never held across a wait.
    fn look(&self) -> MutexGuard<'_, Shelf<DB>> {
        self.at_rest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives back what nobody uses, for as long as there is a keeper.
async fn tidy<DB: Driver>(keeper: Weak<Keeper<DB>>, stocked: Arc<Notify>) {
    loop {
        stocked.notified().await;
        loop {
            let Some(alive) = keeper.upgrade() else {
                return;
            };
            drop(alive.unused(UNUSED));
            let is_empty = alive.look().resting.is_empty();
            // Not while asleep.
            drop(alive);
            if is_empty {
                break;
            }
            sleep(UNUSED / 2).await;
        }
    }
}

impl<DB: Driver> Drop for Keeper<DB> {
    fn drop(&mut self) {
        self.stocked.notify_one();
        let kept = self.at_rest.get_mut();
        let kept = kept.unwrap_or_else(PoisonError::into_inner);
        for resting in kept.resting.drain(..) {
            // Going back to sqlx takes a runtime, which may have ended.
            drop(resting.connection.detach());
        }
    }
}

/// Counts a caller for as long as it waits, also when it goes away.
struct Waiting<'k>(&'k AtomicUsize);

impl<'k> Waiting<'k> {
    fn count(waiting: &'k AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
