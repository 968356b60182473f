//! Waiting, without sleeping, until there is nothing left to wait for.

use super::Sim;
use crate::gateway::Session;
use crate::shared::Shared;

/// How much has happened: events dispatched and requests received.
type Mark = (u64, usize);

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
    /// work for long needs a counter of its own beside this. Requests that a fault holds do not count.
    pub async fn settled(&self) {
        settle(&self.shared).await;
        self.uphold();
    }
}

/// What [`Sim::settled`] does.
pub(crate) async fn settle(shared: &Shared) {
    let mut before = None;
    loop {
        let mark = round(shared).await;
        if before == Some(mark) {
            return;
        }
        before = Some(mark);
    }
}

/// One heartbeat of every client, and an end to all requests.
async fn round(shared: &Shared) -> Mark {
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
            let answered = state.gateway.reachable().all(|session| {
                let before = asked.iter().find(|(id, ..)| *id == session.id);
                before.is_none_or(|(_, beats, seq)| {
                    session.beats > *beats && session.acknowledged >= *seq
                })
            });
            answered && state.ledger.in_flight == 0
        })
        .await;
    let state = shared.lock();
    (state.gateway.dispatched, state.ledger.requests.len())
}
