//! Whether the bot can do what it is for.

use super::{Status, status::Running};
use crate::on_error::chain;
use chrono::TimeDelta;
use serde::Serialize;
use std::time::Duration;

/// How late the oldest due obligation may be.
const LATE: TimeDelta = TimeDelta::seconds(60);

/// A connected shard beats every 41 seconds, which is looked at every few.
const SILENT: Duration = Duration::from_secs(100);

/// The answer of `/readyz`: `{"ready": false, "reasons": [{"what": "database", "why": "…"}]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether there is no reason against it.
    pub ready: bool,
    /// Why it is not ready.
    pub reasons: Vec<Reason>,
}

/// One reason why a bot is not ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// `starting`, `stopping`, `database`, `migrations`, `shard 0` or `obligations`.
    pub what: String,
    /// What is the matter with it.
    pub why: String,
}

impl Reason {
    fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
        }
    }
}

impl Status {
    /// Whether the bot is ready, and if not, everything that stands against it. Three round trips to
    /// the database, and never more than three seconds.
    pub async fn readiness(&self) -> Readiness {
        let mut reasons = Vec::new();
        if self.tasks().is_stopping() {
            reasons.push(Reason::new("stopping", "the bot takes nothing new"));
        }
        match self.running() {
            None => reasons.push(Reason::new(
                "starting",
                "the bot waits for its database or for Discord; the log says for which",
            )),
            Some(running) => {
                running.look_at_database(&mut reasons).await;
                running.look_at_shards(&mut reasons);
                running.look_at_obligations(&mut reasons).await;
            }
        }
        Readiness {
            ready: reasons.is_empty(),
            reasons,
        }
    }
}

impl Running {
    async fn look_at_database(&self, reasons: &mut Vec<Reason>) {
        let storage = &self.data.storage;
        match storage.ask(self.data.database.health()).await {
            Ok(health) if health.is_current() => {}
            Ok(health) => reasons.push(Reason::new(
                "migrations",
                format!(
                    "{} are pending, {} are unknown to this version",
                    health.pending.len(),
                    health.unknown.len()
                ),
            )),
            Err(failure) => reasons.push(Reason::new("database", chain(&failure))),
        }
    }

    fn look_at_shards(&self, reasons: &mut Vec<Reason>) {
        let shards = self.pulse.shards().into_iter();
        reasons.extend(shards.filter_map(|(id, shard)| {
            let silent = shard.alive_at.elapsed();
            let why = if !shard.connected {
                "it is not connected to Discord".to_owned()
            } else if silent > SILENT {
                format!("no sign of life for {} seconds", silent.as_secs())
            } else {
                return None;
            };
            Some(Reason::new(format!("shard {id}"), why))
        }));
    }

    async fn look_at_obligations(&self, reasons: &mut Vec<Reason>) {
        let db = self.data.database.db();
        // Without a database there is one reason already.
        let Ok(backlog) = self.data.storage.ask(db.obligations().backlog()).await else {
            return;
        };
        let oldest = backlog.iter().filter_map(|part| part.oldest_due).min();
        let late = oldest.map_or(TimeDelta::zero(), |oldest| self.data.clock.now() - oldest);
        if late > LATE {
            reasons.push(Reason::new(
                "obligations",
                format!("the oldest has been due for {} seconds", late.num_seconds()),
            ));
        }
    }
}
