//! `permission_role`: which role has which rank.

use crate::{
    Conflict, Crud, Everything, Executor, GuildDb, Query, Result, Upsert, Upserted,
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

    /// Gives a role a rank; it has one rank at a time.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] (foreign key) when the guild has no such rank.
    pub async fn assign(&self, role_id: i64, rank: i64) -> Result<Upserted<Model>> {
        let draft = ActiveModel {
            role_id: Set(role_id),
            rank: Set(rank),
            ..Default::default()
        };
        self.upsert(draft, Conflict::on_key().updating([Column::Rank]))
            .await
    }

    /// Takes a role's rank away. `false`: it had none.
    ///
    /// # Errors
    /// Those of [`Crud::delete`].
    pub async fn clear(&self, role_id: i64) -> Result<bool> {
        self.delete((self.0.id(), role_id)).await
    }
}
