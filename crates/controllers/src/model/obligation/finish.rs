//! How an attempt ended.

use super::{ObligationController, claim::still_held};
use crate::{Bulk, Crud, Result, Tx};
use chrono::{DateTime, Utc};
use entity::{
    obligation::{ActiveModel, Model},
    obligation_attempt,
    value::{AttemptOutcome, ObligationState},
};
use sea_orm::{ActiveValue::Set, JsonValue};
use std::time::Duration;

/// What an attempt met.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// In one word.
    pub outcome: AttemptOutcome,
    /// How long it took.
    pub took: Duration,
    /// HTTP status of the answer.
    pub http: Option<u16>,
    /// Discord's own error code.
    pub discord_code: Option<i64>,
    /// What went wrong, for staff; at most 300 characters are kept.
    pub detail: Option<String>,
}

/// What becomes of the obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finish {
    /// Fulfilled.
    Done,
    /// Refused for good.
    Failed,
    /// No longer wanted.
    Cancelled,
    /// To be tried again at this time.
    Again(DateTime<Utc>),
}

impl ObligationController<'_, Tx> {
    /// Records an attempt and what becomes of the obligation. `payload` replaces the stored one.
    ///
    /// `false`: the lease was lost to somebody else, and nothing was written.
    ///
    /// # Errors
    /// Those of two statements.
    pub async fn finish(
        &self,
        leased: &Model,
        attempt: Attempt,
        finish: Finish,
        payload: Option<JsonValue>,
    ) -> Result<bool> {
        let now = self.0.clock().now();
        let detail = attempt
            .detail
            .map(|detail| detail.chars().take(300).collect::<String>());
        let mut values = ActiveModel {
            lease_owner: Set(None),
            lease_until: Set(None),
            last_error: Set(detail.clone()),
            ..Default::default()
        };
        if let Some(payload) = payload {
            values.payload = Set(payload);
        }
        let end = match finish {
            Finish::Done => Some(ObligationState::Done),
            Finish::Failed => Some(ObligationState::Failed),
            Finish::Cancelled => Some(ObligationState::Cancelled),
            Finish::Again(at) => {
                values.due_at = Set(at);
                // A rate limit is no attempt.
                if attempt.outcome == AttemptOutcome::Limited {
                    values.attempts = Set(leased.attempts - 1);
                }
                None
            }
        };
        values.state = Set(end.unwrap_or(ObligationState::Pending));
        values.finished_at = Set(end.map(|_| now));
        if self.update_where(still_held(leased), values).await? == 0 {
            return Ok(false);
        }
        if attempt.outcome != AttemptOutcome::Limited {
            let row = obligation_attempt::ActiveModel {
                obligation_id: Set(leased.id),
                attempt: Set(leased.attempts),
                ms: Set(i64::try_from(attempt.took.as_millis()).unwrap_or(i64::MAX)),
                http: Set(attempt.http.map(i64::from)),
                discord_code: Set(attempt.discord_code),
                outcome: Set(attempt.outcome),
                detail: Set(detail),
                ..Default::default()
            };
            self.0
                .global::<obligation_attempt::Entity>()
                .create(row)
                .await?;
        }
        Ok(true)
    }
}
