//! `permission_command`: which command needs which rank, or is switched off.

use crate::{
    Author, Conflict, Crud, Everything, Executor, GuildDb, Query, Result, Tx, Upsert,
    controller::model_controller,
};
use entity::permission_command::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _};

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
        self.record(command, before, Some(rank), author).await
    }

    /// Returns a command to the rank that it needs by default; one that is switched off stays so.
    /// `false`: it needed that already.
    ///
    /// # Errors
    /// Those of [`Crud::update`] and [`Crud::delete`].
    pub async fn clear(&self, command: &str, author: Author) -> Result<bool> {
        self.0.config_events().hold().await?;
        let key = (self.0.id(), command.to_owned());
        let row = self.find(key.clone()).await?;
        let Some(row) = row.filter(|row| row.required_rank.is_some()) else {
            return Ok(false);
        };
        let before = row.required_rank;
        if row.enabled {
            self.delete(key).await?;
        } else {
            let mut draft = row.into_active_model();
            draft.required_rank = Set(None);
            self.update(draft).await?;
        }
        self.record(command, before, None, author).await
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
    ) -> Result<bool> {
        let key = format!("permissions.command.{command}");
        let events = self.0.config_events();
        events.record(&key, before, after, author).await
    }
}
