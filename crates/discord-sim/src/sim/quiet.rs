//! Waiting, without sleeping, until there is nothing left to wait for.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Sim;
use crate::gateway::Session;
use crate::shared::Shared;

/// How much has happened: events dispatched and requests received.
type Mark = (u64, usize);

/// How often a bot's own counter is asked while it has work.
const WORK: Duration = Duration::from_millis(1);

/// A bot's own counter of what it has under way.
#[derive(Clone)]
pub(crate) struct Work(Arc<dyn Fn() -> usize + Send + Sync>);

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Work")
    }
}

impl Sim {
    /// Waits until a session has been identified and its client has taken the guilds.
    pub async fn connected(&self) {
        self.shared
            .wait_until(|state| state.gateway.reachable().next().is_some())
            .await;
        self.shared.lock().gateway.ask_for_beats();
        let taken = |session: &Session| session.acknowledged >= session.start_seq;
        self.shared
            .wait_until(|state| state.gateway.reachable().any(taken))
            .await;
    }

    /// Waits until the bot's clients have taken every event and no request is under way.
    ///
    /// Every client is asked for a heartbeat; it answers with the number of the last event that it
    /// took, on the task that takes events, so that an answer means that all before were taken.
    /// This is repeated until a whole round brings neither an event nor a request. What the bot does
    /// between taking an event and its first request is invisible from here: a bot whose handlers
    /// work for long, as with a database, lends its own counter to [`count_work`](Self::count_work).
    /// Requests that a fault holds do not count, and clients behind a partition are not asked.
    pub async fn settled(&self) {
        settle(&self.shared).await;
        self.uphold();
    }

    /// Makes [`settled`](Self::settled) wait until `under_way` says that the bot has no work either.
    /// It is asked often and must not use the simulator. A new one replaces the last.
    pub fn count_work(&self, under_way: impl Fn() -> usize + Send + Sync + 'static) {
        self.shared.lock().work = Some(Work(Arc::new(under_way)));
    }

    /// Waits until the clients have taken every event that they were told of before. Unlike
    /// [`settled`](Self::settled) it says nothing of what they do with them, so it ends also while
    /// there is no rest.
    pub async fn taken(&self) {
        taken(&self.shared).await;
    }
}

/// What [`Sim::settled`] does.
pub(crate) async fn settle(shared: &Shared) {
    let mut before: Option<Mark> = None;
    loop {
        taken(shared).await;
        shared.wait_until(|state| state.ledger.in_flight == 0).await;
        let (mark, work) = {
            let state = shared.lock();
            let mark = (state.gateway.dispatched, state.ledger.requests.len());
            (mark, state.work.clone())
        };
        if work.is_some_and(|Work(under_way)| under_way() > 0) {
            before = None;
            // Nobody tells when the bot's own work ends.
            tokio::time::sleep(WORK).await;
        } else if before == Some(mark) {
            return;
        } else {
            before = Some(mark);
        }
    }
}

/// One heartbeat of every client.
async fn taken(shared: &Shared) {
    let asked: Vec<(String, u64, u64)> = {
        let mut state = shared.lock();
        state.gateway.ask_for_beats();
        let sessions = state.gateway.reachable();
        sessions
            .map(|session| (session.id.clone(), session.beats, session.seq))
            .collect()
    };
    shared
        .wait_until(|state| {
            // Sessions and events that came while we waited are looked at in the next round.
            state.gateway.reachable().all(|session| {
                let before = asked.iter().find(|(id, ..)| *id == session.id);
                before.is_none_or(|(_, beats, seq)| {
                    session.beats > *beats && session.acknowledged >= *seq
                })
            })
        })
        .await;
}
