//! Who works on an obligation: one at a time, for as long as a lease.

use super::{ENDED, OBLIGATION_DUE, ObligationController};
use crate::{Bulk, Controller, Executor, Query, Result, dialect};
use chrono::{DateTime, Utc};
use entity::{
    obligation::{ActiveModel, Column, Entity, Model},
    value::ObligationState,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    prelude::Uuid,
    sea_query::{Alias, Expr, ExprTrait, Query as Statements},
};
use std::time::Duration;

impl<C: Executor> ObligationController<'_, C> {
    /// Begins an attempt on an obligation that `owner` already holds, with a fresh lease. `None`: the
    /// lease was lost to somebody else.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn begin(&self, id: Uuid, owner: &str, lease: Duration) -> Result<Option<Model>> {
        let held = Condition::all()
            .add(Column::Id.eq(id))
            .add(Column::State.eq(ObligationState::Leased))
            .add(Column::LeaseOwner.eq(owner));
        Ok(self.lease(held, owner, lease).await?.pop())
    }

    /// Holds on to an obligation for another `lease` while an attempt on it runs. `false`: the lease
    /// was lost, and whoever has it now decides.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn renew(&self, leased: &Model, lease: Duration) -> Result<bool> {
        let values = ActiveModel {
            lease_until: Set(Some(self.clock().now() + lease)),
            ..Default::default()
        };
        Ok(self.update_where(still_held(leased), values).await? > 0)
    }

    /// Claims up to `n` obligations that are due, or whose worker let the lease run out, earliest
    /// first, and none of the guilds in `busy`. One round trip; concurrent workers get different
    /// ones.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn claim_due(
        &self,
        owner: &str,
        lease: Duration,
        n: u64,
        busy: &[i64],
    ) -> Result<Vec<Model>> {
        let due = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(due(self.clock().now()))
            .filter(nothing_before())
            .filter(of_others(busy))
            .order_by_asc(Column::DueAt)
            .order_by_asc(Column::Id)
            .limit(n);
        let backend = self.conn().get_database_backend();
        let due = dialect::skip_locked(due, backend).into_query();
        let claimable = Condition::all().add(dialect::in_once(Column::Id, due, backend));
        let mut claimed = self.lease(claimable, owner, lease).await?;
        claimed.sort_unstable_by_key(|obligation| (obligation.due_at, obligation.id));
        Ok(claimed)
    }

    /// Whether anything could be claimed now.
    ///
    /// # Errors
    /// Those of [`Query::exists`].
    pub async fn any_due(&self) -> Result<bool> {
        let due = Condition::all()
            .add(due(self.clock().now()))
            .add(nothing_before());
        self.exists(due).await
    }

    /// When the next waiting obligation falls due that is of none of the guilds in `busy`.
    ///
    /// # Errors
    /// Those of one statement.
    pub async fn next_due(&self, busy: &[i64]) -> Result<Option<DateTime<Utc>>> {
        let next = self
            .select()
            .filter(Column::State.eq(ObligationState::Pending))
            .filter(nothing_before())
            .filter(of_others(busy))
            .order_by_asc(Column::DueAt)
            .one(self.conn())
            .await?;
        Ok(next.map(|obligation| obligation.due_at))
    }

    /// Gives back every lease of `owner`, or of everybody when there is no other process: what a
    /// crash left behind. How many there were.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn release(&self, owner: Option<&str>) -> Result<u64> {
        let held = Condition::all()
            .add(Column::State.eq(ObligationState::Leased))
            .add_option(owner.map(|owner| Column::LeaseOwner.eq(owner)));
        self.update_where(held, waiting_again()).await
    }

    /// Gives back what workers held that are gone: their session with the server has ended. How many
    /// there were. On `SQLite`, where a lock on the file tells, see [`Self::release`].
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn release_dead(&self) -> Result<u64> {
        let backend = self.conn().get_database_backend();
        let Some(gone) = dialect::is_gone(Column::LeaseOwner, backend) else {
            return Ok(0);
        };
        let held = Condition::all()
            .add(Column::State.eq(ObligationState::Leased))
            .add(gone);
        let count = self.update_where(held, waiting_again()).await?;
        if count > 0 {
            dialect::announce(self.conn(), OBLIGATION_DUE).await?;
        }
        Ok(count)
    }

    /// Gives back leases of `owner` on these obligations; how many there were.
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn give_back(&self, ids: &[Uuid], owner: &str) -> Result<u64> {
        let held = Condition::all()
            .add(Column::Id.is_in(ids.iter().copied()))
            .add(Column::State.eq(ObligationState::Leased))
            .add(Column::LeaseOwner.eq(owner));
        self.update_where(held, waiting_again()).await
    }

    async fn lease(&self, which: Condition, owner: &str, lease: Duration) -> Result<Vec<Model>> {
        let now = self.clock().now();
        let leased = Entity::update_many()
            .col_expr(Column::State, Expr::value(ObligationState::Leased))
            .col_expr(Column::LeaseOwner, Expr::value(owner))
            .col_expr(Column::LeaseUntil, Expr::value(now + lease))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .col_expr(Column::UpdatedAt, Expr::value(now))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(which)
            .exec_with_returning(self.conn())
            .await?;
        Ok(leased)
    }
}

/// The fence: the lease that an attempt began with. The count of attempts only grows while an attempt
/// is under way, so an attempt that was overtaken never matches again, not even under the same owner.
pub(super) fn still_held(leased: &Model) -> Condition {
    Condition::all()
        .add(Column::Id.eq(leased.id))
        .add(Column::State.eq(ObligationState::Leased))
        .add(Column::LeaseOwner.eq(leased.lease_owner.clone()))
        .add(Column::Attempts.eq(leased.attempts))
}

/// Not of these guilds. What belongs to no guild belongs to none of these.
fn of_others(guilds: &[i64]) -> Condition {
    if guilds.is_empty() {
        return Condition::all();
    }
    Condition::any()
        .add(Column::GuildId.is_null())
        .add(Column::GuildId.is_not_in(guilds.iter().copied()))
}

fn waiting_again() -> ActiveModel {
    ActiveModel {
        state: Set(ObligationState::Pending),
        lease_owner: Set(None),
        lease_until: Set(None),
        ..Default::default()
    }
}

fn due(now: DateTime<Utc>) -> Condition {
    let waiting = Condition::all()
        .add(Column::State.eq(ObligationState::Pending))
        .add(Column::DueAt.lte(now));
    let abandoned = Condition::all()
        .add(Column::State.eq(ObligationState::Leased))
        .add(Column::LeaseUntil.lt(now));
    Condition::any().add(waiting).add(abandoned)
}

/// The obligation that this one comes after has ended, or there is none.
fn nothing_before() -> Condition {
    let before = Alias::new("before");
    let unfinished = Statements::select()
        .expr(Expr::val(1))
        .from_as(Entity, before.clone())
        .and_where(Expr::col((before.clone(), Column::Id)).equals((Entity, Column::AfterId)))
        .and_where(Expr::col((before, Column::State)).is_not_in(ENDED))
        .take();
    Condition::any()
        .add(Column::AfterId.is_null())
        .add(Expr::exists(unfinished).not())
}
