//! `permission_role`: which role has which rank.

use crate::{
    Author, Conflict, Crud, Everything, Executor, GuildDb, Query, Result, Tx, Upsert,
    controller::model_controller,
};
use entity::permission_role::{ActiveModel, Column, Entity, Model};
use sea_orm::ActiveValue::Set;

model_controller! {
    /// The ranks that the roles of one guild give.
    RoleRankController of Entity, over GuildDb
}

impl<C: Executor> RoleRankController<'_, C> {
    /// All roles that have a rank.
    ///
    /// # Errors
    /// Those of [`Query::list`].
    pub async fn all(&self) -> Result<Vec<Model>> {
        self.list(Everything).await
    }
}

impl RoleRankController<'_, Tx> {
    /// Gives a role a rank; it has one rank at a time. `false`: it had this one already.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] (foreign key) when the guild has no such rank.
    pub async fn assign(&self, role_id: i64, rank: i64, author: Author) -> Result<bool> {
        self.0.config_events().hold().await?;
        let before = self.rank(role_id).await?;
        if before == Some(rank) {
            return Ok(false);
        }
        let draft = ActiveModel {
            role_id: Set(role_id),
            rank: Set(rank),
            ..Default::default()
        };
        self.upsert(draft, Conflict::on_key().updating([Column::Rank]))
            .await?;
        self.record(role_id, before, Some(rank), author).await
    }

    /// Takes a role's rank away. `false`: it had none.
    ///
    /// # Errors
    /// Those of [`Crud::delete`].
    pub async fn clear(&self, role_id: i64, author: Author) -> Result<bool> {
        self.0.config_events().hold().await?;
        let before = self.rank(role_id).await?;
        if before.is_none() {
            return Ok(false);
        }
        self.delete((self.0.id(), role_id)).await?;
        self.record(role_id, before, None, author).await
    }

    async fn rank(&self, role_id: i64) -> Result<Option<i64>> {
        let row = self.find((self.0.id(), role_id)).await?;
        Ok(row.map(|row| row.rank))
    }

    async fn record(
        &self,
        role_id: i64,
        before: Option<i64>,
        after: Option<i64>,
        author: Author,
    ) -> Result<bool> {
        let key = format!("permissions.role.{role_id}");
        let events = self.0.config_events();
        events.record(&key, before, after, author).await
    }
}
