//! `permission_command`: which command needs which rank, or is switched off.

use crate::{
    Author, Conflict, Crud, Everything, Executor, GuildDb, Query, Result, Tx, Upsert,
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
}

impl CommandRuleController<'_, Tx> {
    /// Sets the rank that a command needs. `false`: it needed this one already.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when the rank is outside 0 to 10.
    pub async fn require(&self, command: &str, rank: i64, author: Author) -> Result<bool> {
        self.0.config_events().hold().await?;
        let before = self.required(command).await?;
        if before == Some(rank) {
            return Ok(false);
        }
        let draft = ActiveModel {
            command: Set(command.to_owned()),
            required_rank: Set(Some(rank)),
            ..Default::default()
        };
        self.upsert(draft, Conflict::on_key().updating([Column::RequiredRank]))
            .await?;
        self.record(command, before, Some(rank), author).await?;
        Ok(true)
    }

    /// Returns a command to its default. `false`: it had no rule.
    ///
    /// # Errors
    /// Those of [`Crud::delete`].
    pub async fn clear(&self, command: &str, author: Author) -> Result<bool> {
        self.0.config_events().hold().await?;
        let before = self.required(command).await?;
        if !self.delete((self.0.id(), command.to_owned())).await? {
            return Ok(false);
        }
        self.record(command, before, None, author).await?;
        Ok(true)
    }

    async fn required(&self, command: &str) -> Result<Option<i64>> {
        let row = self.find((self.0.id(), command.to_owned())).await?;
        Ok(row.and_then(|row| row.required_rank))
    }

    async fn record(
        &self,
        command: &str,
        before: Option<i64>,
        after: Option<i64>,
        author: Author,
    ) -> Result<()> {
        let key = format!("permissions.command.{command}");
        let change = (before.into(), after.into());
        self.0.config_events().record(&key, change, author).await?;
        Ok(())
    }
}
