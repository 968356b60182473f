//! `guild_config`: a guild's settings. A guild without a row has the defaults.

use crate::{
    Author, Conflict, Crud, Executor, GuildDb, Result, Tx, Upsert, controller::model_controller,
};
use entity::{
    guild_config::{ActiveModel, Column, Entity, Model},
    value::PermissionMode,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ModelTrait, Value};

model_controller! {
    /// The settings of one guild.
    GuildConfigController of Entity, over GuildDb
}

impl<C: Executor> GuildConfigController<'_, C> {
    /// The settings in force: the stored ones, else the defaults.
    ///
    /// # Errors
    /// Those of [`Crud::find`].
    pub async fn effective(&self) -> Result<Model> {
        let stored = self.find(self.0.id()).await?;
        Ok(stored.unwrap_or_else(|| self.defaults()))
    }

    /// What a guild without a row has; the same as the schema's defaults.
    pub fn defaults(&self) -> Model {
        let now = self.0.clock().now();
        Model {
            guild_id: self.0.id(),
            prefix: "!".to_owned(),
            language: "en".to_owned(),
            timezone: "UTC".to_owned(),
            permission_mode: PermissionMode::Auto,
            administrator_rank: Some(7),
            rank_hierarchy: true,
            dm_default: true,
            dm_wait_s: 5,
            ban_delete_days: 0,
            require_reason: false,
            public_reply: true,
            self_view: true,
            dm_footer: None,
            show_moderator: false,
            created_at: now,
            updated_at: now,
            version: 0,
        }
    }
}

impl GuildConfigController<'_, Tx> {
    /// Sets the prefix of commands. `false`: it was this one already.
    ///
    /// # Errors
    /// Those of [`GuildConfigController::set`].
    pub async fn set_prefix(&self, prefix: &str, author: Author) -> Result<bool> {
        let (_, changed) = self
            .set(Column::Prefix, prefix.into(), "prefix", author)
            .await?;
        Ok(changed)
    }

    /// Sets one column and records who changed it, from what, to what. The guild must have a row.
    /// Returns the settings, and whether anything changed.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when the schema refuses the value.
    pub async fn set(
        &self,
        column: Column,
        value: Value,
        key: &str,
        author: Author,
    ) -> Result<(Model, bool)> {
        self.0.config_events().hold().await?;
        let before = self.effective().await?;
        let mut draft = ActiveModel {
            guild_id: Set(self.0.id()),
            ..Default::default()
        };
        draft.set(column, value);
        let on = Conflict::on_key().updating([column]);
        let row = self.upsert(draft, on).await?.into_row();
        let (before, after) = (before.get(column), row.get(column));
        let events = self.0.config_events();
        let changed = events.record(key, before, after, author).await?;
        Ok((row, changed))
    }
}
