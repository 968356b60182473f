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
        Ok(row.last - n + 1..=row.last)
    }
}
