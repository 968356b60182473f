//! Dead letters: what was refused for good is tried again, or given up, when a person says so.

use super::ObligationController;
use crate::{Bulk, Controller as _, Executor, Result};
use chrono::{DateTime, Utc};
use entity::{
    obligation::{ActiveModel, Column},
    value::{ObligationKind, ObligationState},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, prelude::Uuid};
use std::time::Duration;

impl<C: Executor> ObligationController<'_, C> {
    /// Takes a failed obligation on again, held by `owner` and after `after`. Its attempts are kept:
    /// an earlier one may have got through. `false`: it has not failed.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn revive(
        &self,
        id: Uuid,
        owner: &str,
        lease: Duration,
        after: Option<Uuid>,
    ) -> Result<bool> {
        let now = self.clock().now();
        let values = ActiveModel {
            state: Set(ObligationState::Leased),
            due_at: Set(now),
            finished_at: Set(None),
            lease_owner: Set(Some(owner.to_owned())),
            lease_until: Set(Some(now + lease)),
            after_id: Set(after),
            ..Default::default()
        };
        Ok(self.update_where(failed(id), values).await? > 0)
    }

    /// Brings back what was cancelled for `why` when its case failed; how much there was.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn reinstate(
        &self,
        guild_id: i64,
        number: i64,
        kind: ObligationKind,
        why: &str,
        due_at: DateTime<Utc>,
    ) -> Result<u64> {
        let cancelled = Condition::all()
            .add(Column::GuildId.eq(guild_id))
            .add(Column::CaseNumber.eq(number))
            .add(Column::Kind.eq(kind))
            .add(Column::State.eq(ObligationState::Cancelled))
            .add(Column::LastError.eq(why));
        let values = ActiveModel {
            state: Set(ObligationState::Pending),
            due_at: Set(due_at),
            finished_at: Set(None),
            last_error: Set(None),
            ..Default::default()
        };
        self.update_where(cancelled, values).await
    }

    /// Gives a failed obligation up for good. `false`: it has not failed.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn give_up(&self, id: Uuid) -> Result<bool> {
        let values = ActiveModel {
            state: Set(ObligationState::Cancelled),
            ..Default::default()
        };
        Ok(self.update_where(failed(id), values).await? > 0)
    }
}

fn failed(id: Uuid) -> Condition {
    Condition::all()
        .add(Column::Id.eq(id))
        .add(Column::State.eq(ObligationState::Failed))
}
