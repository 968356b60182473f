//! The transaction of an edit, and telling Discord of a new end.

use crate::{
    command::Call,
    failure::Result,
    moderation::unwritable,
    on_error::chain,
    outbox::{ActionPayload, Outbox, Promised, promise_edit},
    parse::time::Time,
};
use controllers::{CaseEdit, Crud as _, Db, Error, Promise, Tx};
use entity::{
    mod_case, obligation,
    value::{CaseKind, CaseState, ObligationKind, ObligationState},
};
use serde_json::json;
use service::Retry;
use uuid::Uuid;

/// An edit that is allowed.
pub(super) struct Change {
    guild_id: i64,
    number: i64,
    actor_id: i64,
    /// How the moderator is named in Discord's audit log.
    actor: String,
    edit: CaseEdit,
    /// The obligation that tells Discord of the new end, should there be one.
    retell: Uuid,
}

/// What became of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Outcome {
    /// Nothing: the case has ended.
    Ended(CaseState),
    /// Nothing: the case says that already.
    Unchanged,
    /// It was changed.
    Changed {
        /// Whether its reason is another one.
        reason: bool,
        /// Its end, if that is another one.
        end: Option<Time>,
        /// How far Discord has been told; `None`: Discord has no part in it.
        at_discord: Option<ObligationState>,
    },
}

impl Change {
    pub(super) fn of(call: &Call<'_>, case: &mod_case::Model, edit: CaseEdit) -> Result<Self> {
        let member = &call.in_guild()?.member;
        Ok(Self {
            guild_id: case.guild_id,
            number: case.number,
            actor_id: member.id.get().cast_signed(),
            actor: member.name.clone(),
            edit,
            retell: Uuid::now_v7(),
        })
    }

    /// Records the change with everything that follows from it, then tells Discord.
    pub(super) async fn make(self, call: &Call<'_>) -> Result<Outcome> {
        let data = call.data();
        let outbox = &data.outbox;
        let mut outcome = data
            .database
            .transaction_with(Retry::DEFAULT, &(&self, outbox), |db, (change, outbox)| {
                Box::pin(change.record(db, outbox))
            })
            .await?;
        if let Outcome::Changed { at_discord, .. } = &mut outcome {
            if *at_discord == Some(ObligationState::Leased) {
                // Held by this process, so nothing comes before it.
                let promised = Promised {
                    id: self.retell,
                    after: None,
                };
                *at_discord = Some(match outbox.drive(data, &[promised]).await {
                    Ok(()) => {
                        data.database
                            .db()
                            .obligations()
                            .get(self.retell)
                            .await?
                            .state
                    }
                    // The change is stored; Discord is told when the database is back.
                    Err(error) => {
                        tracing::warn!(error = %chain(&error), "a change is told to Discord later");
                        ObligationState::Pending
                    }
                });
            }
            outbox.wake();
        }
        Ok(outcome)
    }

    async fn record(&self, db: Db<'_, Tx>, outbox: &Outbox) -> controllers::Result<Outcome> {
        let cases = db.guild(self.guild_id).cases();
        let before = cases.lock((self.guild_id, self.number)).await?;
        let before = before.ok_or_else(|| Error::NotFound {
            entity: "mod_case",
            key: self.number.to_string(),
        })?;
        if !matches!(
            before.state,
            CaseState::Pending | CaseState::Active | CaseState::Done
        ) {
            return Ok(Outcome::Ended(before.state));
        }
        let (case, changed) = cases
            .edit(self.number, self.actor_id, self.edit.clone())
            .await?;
        if !changed {
            return Ok(Outcome::Unchanged);
        }
        let owed = db.obligations().of_case(self.guild_id, self.number).await?;
        let end = (case.expires_at != before.expires_at)
            .then(|| case.expires_at.map_or(Time::Forever, Time::At));
        let mut at_discord = None;
        if end.is_some() {
            self.move_end(db, &case).await?;
            if case.kind == CaseKind::Timeout {
                at_discord = Some(self.tell_again(db, outbox, &case, &owed).await?);
            }
        }
        if owed.iter().any(|owed| owed.kind == ObligationKind::Log) {
            promise_edit(db, &case).await?;
        }
        Ok(Outcome::Changed {
            reason: case.reason != before.reason,
            end,
            at_discord,
        })
    }

    /// The end by time comes when the case now says.
    async fn move_end(&self, db: Db<'_, Tx>, case: &mod_case::Model) -> controllers::Result<()> {
        let obligations = db.obligations();
        let (guild, number) = (self.guild_id, self.number);
        let Some(end) = case.expires_at else {
            let waiting = [ObligationKind::Expire];
            obligations
                .cancel(guild, number, &waiting, "edited")
                .await?;
            return Ok(());
        };
        let moved = obligations
            .reschedule(guild, number, ObligationKind::Expire, end)
            .await?;
        if moved == 0 {
            let key = format!("expire:{guild}:{number}:{}", case.event_seq);
            let kind = ObligationKind::Expire;
            let promise =
                Outbox::promise(Uuid::now_v7(), kind, key, &json!({})).map_err(unwritable)?;
            let due_at = Some(end);
            obligations
                .promise(Promise {
                    due_at,
                    ..of_case(case, promise)
                })
                .await?;
        }
        Ok(())
    }

    /// Discord knows when a timeout ends, so it is set once more: at once, or after the attempt that
    /// is still under way. Renewals follow from that.
    async fn tell_again(
        &self,
        db: Db<'_, Tx>,
        outbox: &Outbox,
        case: &mod_case::Model,
        owed: &[obligation::Model],
    ) -> controllers::Result<ObligationState> {
        let obligations = db.obligations();
        let waiting = [ObligationKind::Renew];
        obligations
            .cancel(self.guild_id, self.number, &waiting, "edited")
            .await?;
        let open = |owed: &&obligation::Model| {
            let open = [ObligationState::Pending, ObligationState::Leased];
            owed.kind == ObligationKind::Timeout && open.contains(&owed.state)
        };
        let after = owed.iter().rfind(open).map(|owed| owed.id);
        let payload = ActionPayload {
            moderator: self.actor.clone(),
            delete_days: 0,
            reply: None,
        };
        let key = format!("act:{}:{}:{}", self.guild_id, self.number, case.event_seq);
        let kind = ObligationKind::Timeout;
        let promise = match after {
            None => outbox.held(self.retell, kind, key, &payload),
            Some(_) => Outbox::promise(self.retell, kind, key, &payload),
        };
        let promise = Promise {
            after,
            ..of_case(case, promise.map_err(unwritable)?)
        };
        Ok(obligations.promise(promise).await?.state)
    }
}

fn of_case(case: &mod_case::Model, promise: Promise) -> Promise {
    Promise {
        guild_id: Some(case.guild_id),
        case_number: Some(case.number),
        subject_id: Some(case.target_id),
        ..promise
    }
}
