//! `counter`: numbers per guild, without gaps.

use crate::{Controller, GuildDb, Result, Tx, controller::model_controller};
use entity::{
    counter::{ActiveModel, Column, Entity},
    value::CounterKey,
};
use sea_orm::{
    ActiveValue::Set,
    EntityTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use std::ops::RangeInclusive;

model_controller! {
    /// The counters of one guild.
    CounterController of Entity, over GuildDb
}

impl CounterController<'_, Tx> {
    /// Takes the next `n` numbers (at least one); the first is 1. One round trip.
    ///
    /// The counter stays locked until the transaction ends, and a rollback gives the numbers back:
    /// that is what makes them gapless. Take numbers late in a transaction.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when the guild has no row.
    pub async fn take(&self, key: CounterKey, n: u32) -> Result<RangeInclusive<i64>> {
        let n = i64::from(Ord::max(n, 1));
        let last = self.add(key, n).await?;
        Ok(last - n + 1..=last)
    }

    /// Locks the counter as [`CounterController::take`] does, without taking a number.
    pub(crate) async fn hold(&self, key: CounterKey) -> Result<()> {
        self.add(key, 0).await.map(drop)
    }

    async fn add(&self, key: CounterKey, n: i64) -> Result<i64> {
        let draft = self.stamp_new(ActiveModel {
            key: Set(key),
            last: Set(n),
            ..Default::default()
        })?;
        let mut add = OnConflict::columns([Column::GuildId, Column::Key]);
        add.value(Column::Last, Expr::col((Entity, Column::Last)).add(n))
            .update_column(Column::UpdatedAt);
        let row = Entity::insert(draft)
            .on_conflict(add)
            .exec_with_returning(self.conn())
            .await?;
        Ok(row.last)
    }
}
