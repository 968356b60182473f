//! `log_channel`: which log goes to which channel, and how the last post went.

use crate::{
    Author, Bulk, Conflict, Crud, Everything, Executor, GuildDb, Query, Result, Tx, Upsert,
    controller::model_controller,
};
use entity::{
    log_channel::{ActiveModel, Column, Entity, Model},
    value::LogKind,
};
use sea_orm::{ActiveValue::Set, ColumnTrait};

model_controller! {
    /// The log channels of one guild.
    LogChannelController of Entity, over GuildDb
}

impl<C: Executor> LogChannelController<'_, C> {
    /// Every log that has a channel.
    ///
    /// # Errors
    /// Those of [`Query::list`].
    pub async fn all(&self) -> Result<Vec<Model>> {
        self.list(Everything).await
    }

    /// The channel of a log, if one is set.
    ///
    /// # Errors
    /// Those of [`Crud::find`].
    pub async fn of(&self, kind: LogKind) -> Result<Option<Model>> {
        self.find((self.0.id(), kind)).await
    }

    /// Notes how a post went: the time of success, or what went wrong (at most 200 characters).
    ///
    /// # Errors
    /// Those of [`Bulk::update_where`].
    pub async fn posted(&self, kind: LogKind, error: Option<&str>) -> Result<()> {
        let mut draft = ActiveModel::default();
        match error {
            None => {
                draft.last_ok_at = Set(Some(self.0.clock().now()));
                draft.last_error = Set(None);
            }
            Some(error) => draft.last_error = Set(Some(error.chars().take(200).collect())),
        }
        self.update_where(Column::Kind.eq(kind), draft).await?;
        Ok(())
    }
}

impl LogChannelController<'_, Tx> {
    /// Sends a log to a channel and forgets what went wrong with an earlier one. `false`: it went
    /// there already.
    ///
    /// # Errors
    /// Those of [`Upsert::upsert`].
    pub async fn route(&self, kind: LogKind, channel_id: i64, author: Author) -> Result<bool> {
        self.0.config_events().hold().await?;
        let before = self.of(kind).await?.map(|row| row.channel_id);
        let draft = ActiveModel {
            kind: Set(kind),
            channel_id: Set(channel_id),
            last_error: Set(None),
            ..Default::default()
        };
        let on = Conflict::on_key().updating([Column::ChannelId, Column::LastError]);
        self.upsert(draft, on).await?;
        if before == Some(channel_id) {
            return Ok(false);
        }
        self.record(kind, before, Some(channel_id), author).await
    }

    /// Switches a log off. `false`: it was off.
    ///
    /// # Errors
    /// Those of [`Crud::delete`].
    pub async fn clear(&self, kind: LogKind, author: Author) -> Result<bool> {
        self.0.config_events().hold().await?;
        let Some(row) = self.of(kind).await? else {
            return Ok(false);
        };
        self.delete((self.0.id(), kind)).await?;
        self.record(kind, Some(row.channel_id), None, author).await
    }

    async fn record(
        &self,
        kind: LogKind,
        before: Option<i64>,
        after: Option<i64>,
        author: Author,
    ) -> Result<bool> {
        let key = format!("log.{}", kind.as_str());
        let events = self.0.config_events();
        events.record(&key, before, after, author).await
    }
}
