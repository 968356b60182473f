//! `guild`: the communities that the bot serves.

use crate::{Conflict, Executor, GuildDb, Result, Upsert, controller::model_controller};
use entity::guild::{ActiveModel, Column, Entity, Model};
use sea_orm::ActiveValue::Set;

model_controller! {
    /// The row of one guild.
    GuildController of Entity, over GuildDb
}

impl<C: Executor> GuildController<'_, C> {
    /// Makes sure that the guild has a row, which every other row of the guild refers to.
    ///
    /// # Errors
    /// Those of [`Upsert::get_or_create`].
    pub async fn ensure(&self, name: &str, owner_id: i64) -> Result<Model> {
        let now = self.0.clock().now();
        let draft = ActiveModel {
            name: Set(name.to_owned()),
            owner_id: Set(owner_id),
            joined_at: Set(now),
            last_seen_at: Set(now),
            ..Default::default()
        };
        Ok(self
            .get_or_create(draft, Conflict::on([Column::Id]))
            .await?
            .0)
    }
}
