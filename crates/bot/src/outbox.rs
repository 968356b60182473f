//! What the bot owes, and how it is done.
//!
//! A command records cases and obligations in one transaction and holds the obligations from the
//! start, so it does them itself, at once ([`Outbox::drive`]). What it cannot finish, and what a
//! crash leaves behind, the worker does ([`work`]). Either way an obligation ends only on a
//! confirmed outcome.

mod action;
mod dm;
mod driven;
mod earlier;
mod expire;
mod lease;
mod log;
mod outcome;
mod payload;
mod perform;
mod reply;
mod work;

pub(crate) use action::WITH_ITS_CASE;
pub(crate) use log::promise_edit;
pub use outcome::{Answer, backoff};
pub use payload::{
    ActionPayload, DmAbout, DmFailure, DmPayload, LogPayload, ReplyPayload, ReplyTo, Sent,
};
pub use work::{listen, work};

use crate::{data::Data, tasks::Tasks};
use base64::Engine as _;
use controllers::{Clock, Promise, Result};
use driven::Driven;
use entity::{obligation::Model, value::ObligationKind};
use poise::serenity_prelude::{Http, UserId};
use serde::Serialize;
use service::{Database, Listener};
use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};
use tokio::sync::{Notify, watch};
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
    driven: Driven,
    discord: OnceLock<(Arc<Http>, UserId)>,
    /// Since when the server has known this process to be alive (`PostgreSQL`).
    heard_since: OnceLock<watch::Receiver<Option<Instant>>>,
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
            driven: Driven::default(),
            discord: OnceLock::new(),
            heard_since: OnceLock::new(),
        }
    }

    /// Tells how Discord is reached, and who the bot is there. Once, before any work.
    pub fn attach(&self, http: Arc<Http>, bot_id: UserId) {
        // A second call would bring the same client.
        drop(self.discord.set((http, bot_id)));
    }

    /// The name of this process in leases.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Takes back what processes held that died, now that the server knows that this one lives.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn recover_dead(&self, listener: &Listener) -> Result<()> {
        // A second call would bring the same listener.
        drop(self.heard_since.set(listener.since()));
        let left = self.database.db().obligations().release_dead().await?;
        if left > 0 {
            tracing::info!(obligations = left, "taken over from a process that died");
        }
        Ok(())
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

    /// How long this process holds what it takes on.
    pub fn lease(&self) -> Duration {
        self.lease
    }

    /// Does what was promised with [`Outbox::held`], in this order. What has to come after something
    /// that waits is left to the worker. Returns when everything has ended or waits.
    ///
    /// # Errors
    /// Those of the database; what is left then is done once its lease has run out.
    pub async fn drive(&self, data: &Data, promised: &[Promised]) -> Result<()> {
        let obligations = self.database.db().obligations();
        let mut waiting: Vec<Uuid> = Vec::new();
        let mut drive = self.driven.begin(&self.wake);
        for Promised { id, after } in promised {
            let ours = |id: &Uuid| promised.iter().any(|promised| promised.id == *id);
            // What comes after something of another command is the worker's, too.
            if after.is_some_and(|after| waiting.contains(&after) || !ours(&after)) {
                obligations.give_back(&[*id], &self.owner).await?;
                waiting.push(*id);
                continue;
            }
            // Otherwise somebody else has taken it over.
            let begun = obligations.begin(*id, &self.owner, self.lease).await?;
            if let Some(obligation) = begun {
                drive.enter(obligation.guild_id);
                if !perform::perform(data, &obligation).await? {
                    waiting.push(*id);
                }
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
