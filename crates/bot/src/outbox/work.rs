//! The worker: does what is due, for as long as the bot runs.

use super::{Outbox, perform};
use crate::{data::Data, on_error::chain, tasks::Busy};
use controllers::Result;
use entity::obligation::Model;
use futures_util::FutureExt as _;
use service::{Heard, Listener};
use std::{collections::HashMap, panic::AssertUnwindSafe, time::Duration};
use tokio::task::JoinSet;

/// How many attempts run at the same time.
const MOST: usize = 16;
/// How many of them may belong to one guild.
const MOST_OF_A_GUILD: usize = 4;
/// How many obligations are claimed at once. Small, so that a guild with much to do gets no more
/// than its share.
const BATCH: usize = 2;

/// What the worker has in hand.
#[derive(Default)]
struct Hands {
    /// Each ends with its guild.
    attempts: JoinSet<Option<i64>>,
    of_guild: HashMap<i64, usize>,
}

impl Hands {
    /// How many more may be claimed now.
    fn free(&self) -> usize {
        MOST.saturating_sub(self.attempts.len()).min(BATCH)
    }

    /// The guilds that have their share.
    fn busy(&self) -> Vec<i64> {
        let share = |n: usize| n + BATCH > MOST_OF_A_GUILD;
        let busy = self.of_guild.iter().filter(|(_, n)| share(**n));
        busy.map(|(guild, _)| *guild).collect()
    }

    fn take(&mut self, data: Data, obligation: Model, busy: Busy) {
        let guild = obligation.guild_id;
        if let Some(guild) = guild {
            *self.of_guild.entry(guild).or_default() += 1;
        }
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
        let Some(guild) = guild else { return };
        if let Some(n) = self.of_guild.get_mut(&guild) {
            *n -= 1;
            if *n == 0 {
                self.of_guild.remove(&guild);
            }
        }
    }
}

/// Does what is due, for as long as the bot runs: up to 16 obligations at a time, four of a guild.
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
        let full = hands.free() == 0;
        tokio::select! {
            Some(ended) = hands.attempts.join_next() => hands.ended(ended.ok().flatten()),
            () = woken, if !full => {}
            () = tokio::time::sleep(outbox.pause().await), if !full => outbox.look_after_the_dead().await,
            () = outbox.tasks.stopping() => {}
        }
    }
    while hands.attempts.join_next().await.is_some() {}
}

/// Claims what there is room for; whether there may be more.
async fn claim(data: &Data, hands: &mut Hands) -> Result<bool> {
    let outbox = &data.outbox;
    let free = hands.free();
    if free == 0 || outbox.http().is_none() {
        return Ok(false);
    }
    let claimed = outbox
        .database
        .db()
        .obligations()
        .claim_due(&outbox.owner, outbox.lease, free as u64, &hands.busy())
        .await?;
    let found = !claimed.is_empty();
    for obligation in claimed {
        hands.take(data.clone(), obligation, outbox.tasks.busy());
    }
    Ok(found)
}

/// Hears what other processes left to be done, for as long as the bot runs.
pub async fn listen(data: Data, mut listener: Listener) {
    loop {
        match listener.hear().await {
            Heard::Reopened | Heard::Announced(_) => data.outbox.wake(),
        }
    }
}

impl Outbox {
    /// How long to rest: until the next obligation falls due, at most a poll.
    async fn pause(&self) -> Duration {
        match self.database.db().obligations().next_due().await {
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
