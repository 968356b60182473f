//! The worker: does what is due, for as long as the bot runs.

use super::{Outbox, perform};
use crate::{data::Data, on_error::chain, tasks::Busy};
use controllers::Result;
use entity::obligation::Model;
use futures_util::FutureExt as _;
use service::{Heard, Listener};
use std::{collections::BTreeSet, panic::AssertUnwindSafe, time::Duration};
use tokio::task::JoinSet;

/// How many attempts run at the same time.
const MOST: usize = 16;

/// What the worker has in hand.
///
/// Guilds run side by side, so that one with much to do, or one whose calls hang, holds up no other.
/// What is owed in one guild is done in the order in which it fell due: a message before the ban that
/// it announces, an answer after what it tells of.
#[derive(Default)]
struct Hands {
    /// Each ends with its guild.
    attempts: JoinSet<Option<i64>>,
    guilds: BTreeSet<i64>,
}

impl Hands {
    fn are_full(&self) -> bool {
        self.attempts.len() >= MOST
    }

    /// The guilds in which nothing may be begun: something is being done there.
    fn busy(&self, outbox: &Outbox) -> Vec<i64> {
        let mut guilds = outbox.driven.guilds();
        guilds.extend(&self.guilds);
        guilds
    }

    fn take(&mut self, data: Data, obligation: Model, busy: Busy) {
        let guild = obligation.guild_id;
        self.guilds.extend(guild);
        self.attempts.spawn(async move {
            // A panic is logged by the hook; the lease runs out, and the obligation is tried again.
            let attempt = AssertUnwindSafe(perform::perform(&data, &obligation)).catch_unwind();
            if let Ok(Err(error)) = attempt.await {
                tracing::warn!(
                    obligation.id = %obligation.id,
                    error = %chain(&error),
                    "an obligation waits for its lease to run out"
                );
            }
            drop(busy);
            guild
        });
    }

    fn ended(&mut self, guild: Option<i64>) {
        if let Some(guild) = guild {
            self.guilds.remove(&guild);
        }
    }
}

/// Does what is due, for as long as the bot runs: up to 16 obligations at a time, one of a
/// guild.
pub async fn work(data: Data) {
    let outbox = &data.outbox;
    let mut hands = Hands::default();
    while !outbox.tasks.is_stopping() {
        // Counted before anything is claimed, so that the bot never looks idle in between.
        let looking = outbox.tasks.busy();
        let woken = outbox.wake.notified();
        let found = claim(&data, &mut hands).await.unwrap_or_else(|error| {
            tracing::warn!(error = %chain(&error), "obligations have to wait");
            false
        });
        drop(looking);
        if found {
            continue;
        }
        let full = hands.are_full();
        let pause = outbox.pause(&hands.busy(outbox)).await;
        tokio::select! {
            Some(ended) = hands.attempts.join_next() => hands.ended(ended.ok().flatten()),
            () = woken, if !full => {}
            () = tokio::time::sleep(pause), if !full => outbox.look_after_the_dead().await,
            () = outbox.tasks.stopping() => {}
        }
    }
    while hands.attempts.join_next().await.is_some() {}
}

/// Claims one obligation, if there is room for it; whether there may be more.
async fn claim(data: &Data, hands: &mut Hands) -> Result<bool> {
    let outbox = &data.outbox;
    if hands.are_full() || outbox.http().is_none() {
        return Ok(false);
    }
    let obligations = outbox.database.db().obligations();
    let claimed = obligations
        .claim_due(&outbox.owner, outbox.lease, 1, &hands.busy(outbox))
        .await?;
    let found = !claimed.is_empty();
    for obligation in claimed {
        hands.take(data.clone(), obligation, outbox.tasks.busy());
    }
    Ok(found)
}

/// Hears what other processes left to be done. It ends with its task and not when the bot is asked to
/// stop: for as long as the session lasts, nobody takes over what this process is still finishing.
#[expect(clippy::infinite_loop, reason = "it ends with its task")]
pub async fn listen(data: Data, mut listener: Listener) {
    loop {
        match listener.hear().await {
            Heard::Reopened | Heard::Announced(_) => data.outbox.wake(),
        }
    }
}

impl Outbox {
    /// How long to rest: until the next obligation of another guild falls due, at most a poll.
    async fn pause(&self, busy: &[i64]) -> Duration {
        match self.database.db().obligations().next_due(busy).await {
            Ok(Some(due)) if !self.clock.stands() => self
                .clock
                .until(due)
                .clamp(Duration::from_millis(50), self.poll),
            _ => self.poll,
        }
    }

    /// Takes back what processes held that are gone. Only after this process has heard the server
    /// for a while: when the server itself was away, the others need a moment to show that they live.
    async fn look_after_the_dead(&self) {
        let since = self.heard_since.get().and_then(|since| *since.borrow());
        if since.is_none_or(|since| since.elapsed() < self.poll) {
            return;
        }
        match self.database.db().obligations().release_dead().await {
            Ok(0) => {}
            Ok(left) => tracing::info!(obligations = left, "taken over from a process that died"),
            Err(error) => tracing::debug!(error = %chain(&error), "not looked for dead processes"),
        }
    }
}
