//! Recording new cases.

use super::CaseController;
use crate::{Crud, NewEvent, Result, Tx};
use chrono::{DateTime, SecondsFormat, Utc};
use entity::{
    mod_case::{ActiveModel, Model},
    value::{CaseEventKind, CaseKind, CaseSource, CaseState, CounterKey, TargetType},
};
use sea_orm::{ActiveValue::Set, JsonValue};
use serde_json::json;

/// Who or what a case is about.
#[derive(Debug, Clone)]
pub struct CaseTarget {
    /// A person or a channel.
    pub kind: TargetType,
    /// Its id.
    pub id: i64,
    /// Its name at the time, at most 100 characters.
    pub name: String,
    /// Whether a person was in the guild.
    pub was_member: bool,
}

/// A case to record.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// What is done.
    pub kind: CaseKind,
    /// Where it comes from.
    pub source: CaseSource,
    /// Whom it is about.
    pub target: CaseTarget,
    /// Who does it.
    pub moderator_id: i64,
    /// Why, at most 1,000 characters.
    pub reason: String,
    /// Whether the person is not told.
    pub silent: bool,
    /// What the action needs beside the target: a JSON object.
    pub params: JsonValue,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

impl CaseController<'_, Tx> {
    /// Records cases under the next numbers, in the given order, each with its first event.
    ///
    /// A kind that Discord has to confirm is `pending`; the others have taken effect. The guild must
    /// have a row.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] (unique) when one of the persons has an open sanction of the
    /// family already; see [`CaseController::open_sanction`].
    pub async fn open(&self, cases: Vec<NewCase>) -> Result<Vec<Model>> {
        let Ok(count @ 1..) = u32::try_from(cases.len()) else {
            return Ok(Vec::new());
        };
        let numbers = self.0.counters().take(CounterKey::Case, count).await?;
        let mut opened = Vec::with_capacity(cases.len());
        for (number, case) in numbers.zip(cases) {
            opened.push(self.open_one(number, case).await?);
        }
        Ok(opened)
    }

    async fn open_one(&self, number: i64, case: NewCase) -> Result<Model> {
        let event = NewEvent::of(CaseEventKind::Created, case.moderator_id)
            .with_facts(json!({
                "kind": case.kind.as_str(),
                "source": case.source.as_str(),
                "target_id": case.target.id.to_string(),
                "target_was_member": case.target.was_member,
                "silent": case.silent,
                "params": case.params.clone(),
                "expires_at": case.expires_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Micros, true)),
            }))
            .with_text("target_name", case.target.name.clone())
            .with_text("reason", case.reason.clone());
        let waits = case.kind.has_discord_action();
        let effective_at = (!waits).then(|| self.0.clock().now());
        let row = self
            .create(ActiveModel {
                number: Set(number),
                kind: Set(case.kind),
                family: Set(case.kind.family()),
                state: Set(if waits {
                    CaseState::Pending
                } else {
                    settled(case.kind)
                }),
                source: Set(case.source),
                target_type: Set(case.target.kind),
                target_id: Set(case.target.id),
                target_name: Set(case.target.name),
                target_was_member: Set(case.target.was_member),
                moderator_id: Set(case.moderator_id),
                reason: Set(case.reason),
                silent: Set(case.silent),
                params: Set(case.params),
                effective_at: Set(effective_at),
                expires_at: Set(case.expires_at),
                event_seq: Set(1),
                ..Default::default()
            })
            .await?;
        self.0.case_events().append(number, 1, event).await?;
        Ok(row)
    }
}

/// How a case of this kind stands once it has taken effect: in force until lifted, or over.
pub(super) fn settled(kind: CaseKind) -> CaseState {
    let stays = matches!(
        kind,
        CaseKind::Ban
            | CaseKind::Tempban
            | CaseKind::Timeout
            | CaseKind::Jail
            | CaseKind::Snippetban
            | CaseKind::Pollban
            | CaseKind::Lockdown
    );
    if stays {
        CaseState::Active
    } else {
        CaseState::Done
    }
}
