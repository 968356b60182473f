//! One attempt on one obligation: do it, then record what came of it.

use super::{
    action, dm, expire, log,
    outcome::{Answer, backoff},
    reply,
};
use crate::{data::Data, failure::Failure, on_error::chain};
use chrono::{DateTime, Utc};
use controllers::{Attempt, Crud, Db, Error, Finish, Result, Tx};
use entity::{
    mod_case,
    obligation::Model,
    value::{AttemptOutcome, ObligationKind},
};
use futures_util::future::BoxFuture;
use poise::serenity_prelude::{Http, UserId};
use serde_json::Value as JsonValue;
use service::Retry;
use std::{sync::Arc, time::Instant};

/// What every kind of obligation is done with.
pub(super) struct Doing<'a> {
    pub(super) data: &'a Data,
    pub(super) http: &'a Arc<Http>,
    pub(super) bot_id: UserId,
    pub(super) obligation: &'a Model,
}

/// What came of an attempt.
pub(super) struct Done {
    pub(super) answer: Answer,
    pub(super) finish: Finish,
    /// Replaces the stored payload.
    pub(super) payload: Option<JsonValue>,
    /// What else is recorded in the same transaction.
    pub(super) also: Also,
}

/// Something recorded together with an outcome. It runs again when the transaction has to.
pub(super) type Also = Arc<dyn for<'t> Fn(Db<'t, Tx>) -> BoxFuture<'t, Result<()>> + Send + Sync>;

/// Nothing else.
pub(super) fn nothing() -> Also {
    Arc::new(|_| Box::pin(async { Ok(()) }))
}

impl Done {
    /// Fulfilled.
    pub(super) fn fulfilled(already: bool) -> Self {
        Self::new(Answer::Fulfilled { already }, Finish::Done)
    }

    /// No longer wanted.
    pub(super) fn cancelled() -> Self {
        Self::new(Answer::Fulfilled { already: true }, Finish::Cancelled)
    }

    /// With nothing else to record.
    pub(super) fn new(answer: Answer, finish: Finish) -> Self {
        Self {
            answer,
            finish,
            payload: None,
            also: nothing(),
        }
    }

    pub(super) fn and(self, also: Also) -> Self {
        Self { also, ..self }
    }
}

impl Doing<'_> {
    /// The case that the obligation belongs to.
    pub(super) async fn case(&self) -> Result<Option<mod_case::Model>> {
        let (Some(guild), Some(number)) = (self.obligation.guild_id, self.obligation.case_number)
        else {
            return Ok(None);
        };
        self.data
            .database
            .db()
            .guild(guild)
            .cases()
            .find((guild, number))
            .await
    }

    /// Whether an earlier attempt began, whose outcome nobody knows.
    pub(super) fn is_repeat(&self) -> bool {
        self.obligation.attempts > 1
    }

    /// When to try again after a failure that may pass.
    pub(super) fn next_attempt(&self) -> DateTime<Utc> {
        self.data.clock.now() + backoff(self.obligation.attempts, rand::random())
    }

    /// What a failure that may pass means for something that is tried until it works.
    pub(super) fn again(&self, answer: Answer) -> Done {
        Done::new(answer, Finish::Again(self.next_attempt()))
    }
}

/// Makes an attempt. `true`: the obligation has ended, one way or the other.
///
/// # Errors
/// Those of the database. The obligation then stays leased, and is taken up again when the lease
/// has run out.
pub(super) async fn perform(data: &Data, obligation: &Model) -> Result<bool> {
    let Some((http, bot_id)) = data.outbox.discord.get() else {
        return Ok(false);
    };
    let doing = Doing {
        data,
        http,
        bot_id: *bot_id,
        obligation,
    };
    let start = Instant::now();
    let Some(outcome) = data
        .outbox
        .holding(obligation, Box::pin(attempt(&doing)))
        .await
    else {
        tracing::warn!(obligation.id = %obligation.id, "lease lost; the attempt was stopped");
        return Ok(false);
    };
    let done = match outcome {
        Ok(done) => done,
        Err(Failure::Data(error)) => return Err(error),
        Err(failure) => not_possible(&doing, failure).await?,
    };
    if done.answer == Answer::Unauthorized {
        tracing::error!("Discord no longer accepts the token; nothing more is done");
        data.outbox.tasks.stop();
        return Ok(false);
    }
    let ended = !matches!(done.finish, Finish::Again(_));
    let attempt = attempt_row(&done.answer, start);
    tracing::debug!(
        obligation.id = %obligation.id,
        kind = obligation.kind.as_str(),
        outcome = attempt.outcome.as_str(),
        ended,
        "obligation"
    );
    record(data, obligation, attempt, done).await?;
    Ok(ended)
}

/// What an attempt comes to that could not even find out what to do.
async fn not_possible(doing: &Doing<'_>, failure: Failure) -> Result<Done> {
    let answer = match &failure {
        Failure::Discord(error) => Answer::of(error),
        // What cannot be read now cannot be read later either.
        _ => Answer::Refused { http: 0, code: 0 },
    };
    let Answer::Refused { .. } = answer else {
        return Ok(doing.again(answer));
    };
    let id = doing.obligation.id;
    tracing::error!(obligation.id = %id, error = %chain(&failure), "obligation cannot be done");
    match action::refused(doing, answer.clone()).await {
        Ok(done) => Ok(done),
        Err(Failure::Data(error)) => Err(error),
        Err(_) => Ok(Done::new(answer, Finish::Failed)),
    }
}

async fn attempt(doing: &Doing<'_>) -> Result<Done, Failure> {
    match doing.obligation.kind {
        ObligationKind::Ban
        | ObligationKind::Unban
        | ObligationKind::Kick
        | ObligationKind::Timeout
        | ObligationKind::TimeoutClear
        | ObligationKind::Renew => action::attempt(doing).await,
        ObligationKind::Dm => dm::attempt(doing).await,
        ObligationKind::Log | ObligationKind::LogEdit => log::attempt(doing).await,
        ObligationKind::Reply => reply::attempt(doing).await,
        ObligationKind::Expire => expire::attempt(doing).await,
        // Written by a newer version: that one will do it.
        _ => Ok(doing.again(Answer::Limited)),
    }
}

async fn record(data: &Data, obligation: &Model, attempt: Attempt, done: Done) -> Result<()> {
    let still_ours = data
        .database
        .transaction_with(
            Retry::DEFAULT,
            &(obligation, attempt, done),
            |db, (obligation, attempt, done)| {
                Box::pin(async move {
                    let (attempt, finish, payload) =
                        (attempt.clone(), done.finish.clone(), done.payload.clone());
                    let ours = db
                        .obligations()
                        .finish(obligation, attempt, finish, payload)
                        .await?;
                    if ours {
                        (done.also)(db).await?;
                    }
                    Ok(ours)
                })
            },
        )
        .await;
    match still_ours {
        Ok(true) => Ok(()),
        Ok(false) => {
            tracing::warn!(obligation.id = %obligation.id, "lease lost; the outcome is recorded by who has it now");
            Ok(())
        }
        // Whether it was stored is seen when the lease has run out.
        Err(error @ Error::CommitUnknown(_)) => {
            tracing::warn!(obligation.id = %obligation.id, %error, "outcome perhaps not recorded");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn attempt_row(answer: &Answer, start: Instant) -> Attempt {
    let (outcome, http, discord_code, detail) = match answer {
        Answer::Fulfilled { already: false } => (AttemptOutcome::Ok, None, None, None),
        Answer::Fulfilled { already: true } => (AttemptOutcome::Already, None, None, None),
        Answer::Refused { http, code } => {
            let detail = format!("Discord refused: {http}, code {code}");
            (
                AttemptOutcome::Refused,
                Some(*http),
                Some(*code),
                Some(detail),
            )
        }
        Answer::Limited => (AttemptOutcome::Limited, Some(429), None, None),
        Answer::Failed { http, detail, lost } => {
            let outcome = if *lost {
                AttemptOutcome::Lost
            } else {
                AttemptOutcome::Retry
            };
            (outcome, *http, None, Some(detail.clone()))
        }
        Answer::Unauthorized => (AttemptOutcome::Refused, Some(401), None, None),
    };
    Attempt {
        outcome,
        took: start.elapsed(),
        http,
        discord_code,
        detail,
    }
}
