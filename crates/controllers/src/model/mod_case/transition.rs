//! How a case changes. Each verb locks the row, appends an event and is safe to repeat: what has
//! happened already is returned as it is.

use super::{CaseController, open::settled};
use crate::{Crud, Error, NewEvent, Result, Tx, key};
use chrono::{DateTime, SecondsFormat, Utc};
use entity::{
    mod_case::{ActiveModel, Entity, Model},
    value::{CaseEventKind, CaseState},
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use serde_json::json;

/// A correction of a case.
#[derive(Debug, Clone, Default)]
pub struct CaseEdit {
    /// The new reason.
    pub reason: Option<String>,
    /// The new end; `Some(None)`: never.
    pub expires_at: Option<Option<DateTime<Utc>>>,
}

impl CaseController<'_, Tx> {
    /// Discord has confirmed: the case is in force or done. An un-action lifts the sanction it is
    /// about, which is returned second.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn confirm(&self, number: i64, actor_id: i64) -> Result<(Model, Option<Model>)> {
        let case = self.held(number).await?;
        if case.state != CaseState::Pending {
            return Ok((case, None));
        }
        let mut draft = case.clone().into_active_model();
        draft.state = Set(settled(case.kind));
        draft.effective_at = Set(Some(self.0.clock().now()));
        let event = NewEvent::of(CaseEventKind::Effective, actor_id);
        let case = self.record(case, draft, event).await?;
        let lifted = self.lift_for(&case, actor_id).await?;
        Ok((case, lifted))
    }

    /// Discord has refused for good. The case keeps its number and says why.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn fail(
        &self,
        number: i64,
        actor_id: i64,
        code: &str,
        detail: &str,
    ) -> Result<Model> {
        let case = self.held(number).await?;
        if case.state != CaseState::Pending {
            return Ok(case);
        }
        let mut draft = case.clone().into_active_model();
        draft.state = Set(CaseState::Failed);
        draft.error_code = Set(Some(code.chars().take(40).collect()));
        draft.closed_at = Set(Some(self.0.clock().now()));
        let event = NewEvent::of(CaseEventKind::Failed, actor_id)
            .with_facts(json!({ "code": code, "detail": detail }));
        self.record(case, draft, event).await
    }

    /// A failed case is tried again. `None`: it has not failed.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Constraint`] (unique) when the person has got another sanction of
    /// the family since.
    pub async fn retry(&self, number: i64, actor_id: i64) -> Result<Option<Model>> {
        let case = self.held(number).await?;
        if case.state != CaseState::Failed {
            return Ok(None);
        }
        let mut draft = case.clone().into_active_model();
        draft.state = Set(CaseState::Pending);
        draft.error_code = Set(None);
        draft.closed_at = Set(None);
        let event = NewEvent::of(CaseEventKind::Retried, actor_id);
        self.record(case, draft, event).await.map(Some)
    }

    /// The case's time is up. `None`: it is no longer in force, or its end was moved.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn expire(&self, number: i64, actor_id: i64) -> Result<Option<Model>> {
        let case = self.held(number).await?;
        let now = self.0.clock().now();
        if case.state != CaseState::Active || case.expires_at.is_none_or(|end| end > now) {
            return Ok(None);
        }
        let mut draft = case.clone().into_active_model();
        draft.state = Set(CaseState::Expired);
        draft.closed_at = Set(Some(now));
        let event = NewEvent::of(CaseEventKind::Expired, actor_id);
        self.record(case, draft, event).await.map(Some)
    }

    /// Corrects a case. The flag tells whether anything changed.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Constraint`] when the end is before the beginning.
    pub async fn edit(&self, number: i64, actor_id: i64, edit: CaseEdit) -> Result<(Model, bool)> {
        let case = self.held(number).await?;
        let mut draft = case.clone().into_active_model();
        let mut event = NewEvent::of(CaseEventKind::Edited, actor_id);
        if let Some(reason) = edit.reason.filter(|reason| *reason != case.reason) {
            event = event
                .with_text("reason_before", case.reason.clone())
                .with_text("reason", reason.clone());
            draft.reason = Set(reason);
        }
        if let Some(end) = edit.expires_at.filter(|end| *end != case.expires_at) {
            event.facts["expires_at_before"] = instant(case.expires_at).into();
            event.facts["expires_at"] = instant(end).into();
            draft.expires_at = Set(end);
        }
        if !sea_orm::ActiveModelTrait::is_changed(&draft) {
            return Ok((case, false));
        }
        Ok((self.record(case, draft, event).await?, true))
    }

    /// Appends an event that changes nothing but perhaps where the log message stands.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn note(
        &self,
        number: i64,
        event: NewEvent,
        log_message: Option<(i64, i64)>,
    ) -> Result<Model> {
        let case = self.held(number).await?;
        let mut draft = case.clone().into_active_model();
        if let Some((channel, message)) = log_message {
            draft.log_channel_id = Set(Some(channel));
            draft.log_message_id = Set(Some(message));
        }
        self.record(case, draft, event).await
    }

    /// Ends the sanction that a confirmed un-action is about.
    async fn lift_for(&self, case: &Model, actor_id: i64) -> Result<Option<Model>> {
        let Some(family) = case.family.filter(|_| !case.kind.is_sanction()) else {
            return Ok(None);
        };
        let Some(sanction) = self.open_sanction(case.target_id, family).await? else {
            return Ok(None);
        };
        let sanction = self.held(sanction.number).await?;
        if sanction.state != CaseState::Active {
            return Ok(None);
        }
        let mut draft = sanction.clone().into_active_model();
        draft.state = Set(CaseState::Lifted);
        draft.closed_at = Set(Some(self.0.clock().now()));
        draft.closed_by = Set(Some(case.number));
        let event = NewEvent::of(CaseEventKind::Lifted, actor_id)
            .with_facts(json!({ "by": case.number.to_string() }));
        self.record(sanction, draft, event).await.map(Some)
    }

    async fn held(&self, number: i64) -> Result<Model> {
        let case = self.lock((self.0.id(), number)).await?;
        case.ok_or_else(|| Error::NotFound {
            entity: key::table::<Entity>(),
            key: number.to_string(),
        })
    }

    async fn record(&self, case: Model, mut draft: ActiveModel, event: NewEvent) -> Result<Model> {
        let seq = case.event_seq + 1;
        draft.event_seq = Set(seq);
        let case = self.update(draft).await?;
        self.0.case_events().append(case.number, seq, event).await?;
        Ok(case)
    }
}

fn instant(time: Option<DateTime<Utc>>) -> Option<String> {
    time.map(|time| time.to_rfc3339_opts(SecondsFormat::Micros, true))
}
