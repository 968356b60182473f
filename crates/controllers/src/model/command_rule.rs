//! `permission_command`: which command needs which rank, or is switched off.

use crate::{
    Conflict, Crud, Everything, Executor, GuildDb, Query, Result, Upsert, Upserted,
    controller::model_controller,
};
use entity::permission_command::{ActiveModel, Column, Entity, Model};
use sea_orm::ActiveValue::Set;

model_controller! {
    /// The command rules of one guild.
    CommandRuleController of Entity, over GuildDb
}

impl<C: Executor> CommandRuleController<'_, C> {
    /// All rules, by command name.
    ///
    /// # Errors
    /// Those of [`Query::list`].
    pub async fn all(&self) -> Result<Vec<Model>> {
        self.list(Everything).await
    }

    /// Sets the rank that a command needs.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when the rank is outside 0 to 10.
    pub async fn require(&self, command: &str, rank: i64) -> Result<Upserted<Model>> {
        let draft = ActiveModel {
            command: Set(command.to_owned()),
            required_rank: Set(Some(rank)),
            ..Default::default()
        };
        self.upsert(draft, Conflict::on_key().updating([Column::RequiredRank]))
            .await
    }

    /// Returns a command to its default. `false`: it had no rule.
    ///
    /// # Errors
    /// Those of [`Crud::delete`].
    pub async fn clear(&self, command: &str) -> Result<bool> {
        self.delete((self.0.id(), command.to_owned())).await
    }
}
