//! How much is owed, and how late it is.

use super::ObligationController;
use crate::{Controller, Executor, Result};
use chrono::{DateTime, Utc};
use entity::{
    obligation::{Column, Entity},
    value::ObligationState,
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

/// The open obligations in one state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Backlog {
    /// The state.
    pub state: ObligationState,
    /// How many there are.
    pub count: i64,
    /// When the first of them is or was due.
    pub oldest_due: Option<DateTime<Utc>>,
}

impl<C: Executor> ObligationController<'_, C> {
    /// What is owed over all guilds, by state; states without any are left out. One round trip, by
    /// the indexes over what is open.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn backlog(&self) -> Result<Vec<Backlog>> {
        let open = [ObligationState::Pending, ObligationState::Leased];
        let backlog = Entity::find()
            .select_only()
            .column(Column::State)
            .column_as(Column::Id.count(), "count")
            .column_as(Column::DueAt.min(), "oldest_due")
            .filter(Column::State.is_in(open))
            .group_by(Column::State)
            .into_model::<Backlog>()
            .all(self.conn());
        Ok(backlog.await?)
    }
}
