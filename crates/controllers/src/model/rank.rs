//! `permission_rank`: the ladder of a guild's staff.

use crate::{
    Conflict, Crud, Everything, Executor, GuildDb, Query, Result, Upsert,
    controller::model_controller,
};
use entity::permission_rank::{ActiveModel, Entity, Model};
use sea_orm::ActiveValue::Set;

model_controller! {
    /// The ranks of one guild, 0 to 10.
    RankController of Entity, over GuildDb
}

impl<C: Executor> RankController<'_, C> {
    /// All ranks, lowest first.
    ///
    /// # Errors
    /// Those of [`Query::list`].
    pub async fn ladder(&self) -> Result<Vec<Model>> {
        self.list(Everything).await
    }

    /// Creates the given ranks, counted from 0, unless the guild has ranks already.
    ///
    /// # Errors
    /// Those of [`Upsert::get_or_create`].
    pub async fn ensure(&self, names: &[String]) -> Result<()> {
        if self.exists(Everything).await? {
            return Ok(());
        }
        for (rank, name) in (0..).zip(names) {
            let draft = ActiveModel {
                rank: Set(rank),
                name: Set(name.clone()),
                ..Default::default()
            };
            self.get_or_create(draft, Conflict::on_key()).await?;
        }
        Ok(())
    }

    /// The rank of this number, if the guild has it.
    ///
    /// # Errors
    /// Those of [`Crud::find`].
    pub async fn numbered(&self, rank: i64) -> Result<Option<Model>> {
        self.find((self.0.id(), rank)).await
    }
}
