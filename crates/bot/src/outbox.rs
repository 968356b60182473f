//! What the bot owes, and how it is done.
//!
//! A command records cases and obligations in one transaction and holds the obligations from the
//! start, so it does them itself, at once ([`Outbox::drive`]). What it cannot finish, and what a
//! crash leaves behind, the worker does ([`work`]). Either way an obligation ends only on a
//! confirmed outcome.

mod action;
mod dm;
mod expire;
mod log;
mod outcome;
mod payload;
mod perform;
mod reply;

pub(crate) use log::promise_edit;
pub use outcome::{Answer, backoff};
pub use payload::{
    ActionPayload, DmAbout, DmFailure, DmPayload, LogPayload, ReplyPayload, ReplyTo, Sent,
};

use crate::{data::Data, tasks::Tasks};
use base64::Engine as _;
use controllers::{Clock, Promise, Result};
use entity::{obligation::Model, value::ObligationKind};
use poise::serenity_prelude::{Http, UserId};
use serde::Serialize;
use service::Database;
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::Notify;
use uuid::Uuid;

/// An obligation that its maker does at once.
#[derive(Debug, Clone, Copy)]
pub struct Promised {
    /// The obligation.
    pub id: Uuid,
    /// What must have ended before.
    pub after: Option<Uuid>,
}

impl From<&Model> for Promised {
    fn from(obligation: &Model) -> Self {
        Self {
            id: obligation.id,
            after: obligation.after_id,
        }
    }
}

/// How many due obligations the worker takes at a time.
const BATCH: u64 = 16;

/// The doer of obligations.
pub struct Outbox {
    database: Database,
    clock: Clock,
    tasks: Tasks,
    /// Names this process in leases.
    owner: String,
    lease: Duration,
    poll: Duration,
    wake: Notify,
    discord: OnceLock<(Arc<Http>, UserId)>,
}

impl Outbox {
    /// An outbox whose leases last `lease` and whose worker looks for due work every `poll`, when
    /// nothing wakes it earlier.
    pub fn new(
        database: Database,
        clock: Clock,
        tasks: Tasks,
        lease: Duration,
        poll: Duration,
    ) -> Self {
        Self {
            database,
            clock,
            tasks,
            owner: Uuid::now_v7().simple().to_string(),
            lease,
            poll,
            wake: Notify::new(),
            discord: OnceLock::new(),
        }
    }

    /// Tells how Discord is reached, and who the bot is there. Once, before any work.
    pub fn attach(&self, http: Arc<Http>, bot_id: UserId) {
        // A second call would bring the same client.
        drop(self.discord.set((http, bot_id)));
    }

    /// Takes back what an earlier process held. Only for a database that no other process uses: with
    /// others, leases run out by themselves.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn recover(&self) -> Result<()> {
        let left = self.database.db().obligations().release(None).await?;
        if left > 0 {
            tracing::info!(obligations = left, "taken over from a process that stopped");
        }
        Ok(())
    }

    /// Gives back everything that this process holds.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn release(&self) -> Result<()> {
        self.database
            .db()
            .obligations()
            .release(Some(&self.owner))
            .await?;
        Ok(())
    }

    /// Wakes the worker: there may be something to do.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits until nothing is under way and nothing is due.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn quiet(&self) -> Result<()> {
        loop {
            self.tasks.idle().await;
            if !self.database.db().obligations().any_due().await? {
                return Ok(());
            }
            self.wake();
            tokio::task::yield_now().await;
        }
    }

    /// A promise that this process holds from the start, for what it will do at once.
    ///
    /// # Errors
    /// For a payload that has no JSON.
    pub fn held<P: Serialize>(
        &self,
        id: Uuid,
        kind: ObligationKind,
        dedupe_key: String,
        payload: &P,
    ) -> Result<Promise, serde_json::Error> {
        Ok(Promise {
            held_by: Some((self.owner.clone(), self.lease)),
            ..Self::promise(id, kind, dedupe_key, payload)?
        })
    }

    /// A promise that the worker will keep.
    ///
    /// # Errors
    /// For a payload that has no JSON.
    pub fn promise<P: Serialize>(
        id: Uuid,
        kind: ObligationKind,
        dedupe_key: String,
        payload: &P,
    ) -> Result<Promise, serde_json::Error> {
        Ok(Promise {
            id,
            kind,
            guild_id: None,
            case_number: None,
            subject_id: None,
            payload: serde_json::to_value(payload)?,
            dedupe_key,
            after: None,
            due_at: None,
            nonce: Some(nonce(id)),
            held_by: None,
        })
    }

    /// Does what was promised with [`Outbox::held`], in this order. What has to come after something
    /// that waits is left to the worker. Returns when everything has ended or waits.
    ///
    /// # Errors
    /// Those of the database; what is left then is done once its lease has run out.
    pub async fn drive(&self, data: &Data, promised: &[Promised]) -> Result<()> {
        let obligations = self.database.db().obligations();
        let mut waiting: Vec<Uuid> = Vec::new();
        for Promised { id, after } in promised {
            if after.is_some_and(|after| waiting.contains(&after)) {
                obligations.give_back(&[*id], &self.owner).await?;
                waiting.push(*id);
                continue;
            }
            // Otherwise somebody else has taken it over.
            if let Some(obligation) = obligations.begin(*id, &self.owner, self.lease).await?
                && !perform::perform(data, &obligation).await?
            {
                waiting.push(*id);
            }
        }
        if !waiting.is_empty() {
            self.wake();
        }
        Ok(())
    }

    fn http(&self) -> Option<&Arc<Http>> {
        self.discord.get().map(|(http, _)| http)
    }

    /// The bot's own id, which stands for it as the actor of events.
    pub fn bot_id(&self) -> Option<UserId> {
        self.discord.get().map(|(_, id)| *id)
    }
}

/// What tells Discord that a message was sent before: the obligation's id in 22 characters.
fn nonce(id: Uuid) -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(id.as_bytes())
}

/// The worker: does what is due, for as long as the bot runs.
pub async fn work(data: Data) {
    let outbox = &data.outbox;
    while !outbox.tasks.is_stopping() {
        let busy = outbox.tasks.busy();
        let more = match round(&data).await {
            Ok(done) => done > 0,
            Err(error) => {
                tracing::warn!(error = %crate::on_error::chain(&error), "obligations have to wait");
                false
            }
        };
        drop(busy);
        if more {
            continue;
        }
        let woken = outbox.wake.notified();
        tokio::select! {
            () = woken => {}
            () = tokio::time::sleep(outbox.pause().await) => {}
            () = outbox.tasks.stopping() => {}
        }
    }
}

/// One batch; how much it was. Obligations of one guild are done one after the other.
async fn round(data: &Data) -> Result<usize> {
    let outbox = &data.outbox;
    if outbox.http().is_none() {
        return Ok(0);
    }
    let obligations = outbox.database.db().obligations();
    let claimed = obligations
        .claim_due(&outbox.owner, outbox.lease, BATCH)
        .await?;
    let count = claimed.len();
    let mut guilds: Vec<Vec<Model>> = Vec::new();
    for obligation in claimed {
        match guilds
            .iter_mut()
            .find(|guild| guild[0].guild_id == obligation.guild_id)
        {
            Some(guild) => guild.push(obligation),
            None => guilds.push(vec![obligation]),
        }
    }
    let results = futures_util::future::join_all(guilds.into_iter().map(|guild| async move {
        for obligation in guild {
            perform::perform(data, &obligation).await?;
        }
        Ok::<_, controllers::Error>(())
    }))
    .await;
    results.into_iter().collect::<Result<()>>()?;
    Ok(count)
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
}
