//! `reason_preset`: reasons that moderators give by name.

use crate::{
    Author, Conflict, Crud, Everything, Executor, GuildDb, Query, Result, Tx, Upsert, Upserted,
    controller::model_controller,
};
use entity::reason_preset::{ActiveModel, Column, Entity, Model};
use sea_orm::ActiveValue::Set;

model_controller! {
    /// The reason presets of one guild, at most [`ReasonPresetController::MOST`].
    ReasonPresetController of Entity, over GuildDb
}

impl<C> ReasonPresetController<'_, C> {
    /// The most presets that a guild may have.
    pub const MOST: u64 = 100;
}

impl<C: Executor> ReasonPresetController<'_, C> {
    /// The preset of this name. One round trip.
    ///
    /// # Errors
    /// Those of [`Crud::find`].
    pub async fn named(&self, name: &str) -> Result<Option<Model>> {
        self.find((self.0.id(), name.to_owned())).await
    }
}

impl ReasonPresetController<'_, Tx> {
    /// Creates a preset or gives it another text. `None`: the guild has as many as it may have.
    ///
    /// # Errors
    /// Those of [`Upsert::upsert`].
    pub async fn set(
        &self,
        name: &str,
        text: &str,
        author: Author,
    ) -> Result<Option<Upserted<Model>>> {
        self.0.config_events().hold().await?;
        let before = self.named(name).await?.map(|preset| preset.text);
        if before.is_none() && self.count(Everything).await? >= Self::MOST {
            return Ok(None);
        }
        let draft = ActiveModel {
            name: Set(name.to_owned()),
            text: Set(text.to_owned()),
            author_id: Set(author.user_id),
            ..Default::default()
        };
        let on = Conflict::on_key().updating([Column::Text, Column::AuthorId]);
        let done = self.upsert(draft, on).await?;
        let events = self.0.config_events();
        let (before, key) = (before.as_deref(), key(name));
        events.record(&key, before, Some(text), author).await?;
        Ok(Some(done))
    }

    /// Deletes a preset. `false`: there is none of this name.
    ///
    /// # Errors
    /// Those of [`Crud::delete`].
    pub async fn remove(&self, name: &str, author: Author) -> Result<bool> {
        self.0.config_events().hold().await?;
        let Some(preset) = self.named(name).await? else {
            return Ok(false);
        };
        self.delete((self.0.id(), preset.name)).await?;
        let (events, none) = (self.0.config_events(), None::<String>);
        events.record(&key(name), preset.text, none, author).await
    }
}

/// What the history of settings calls a preset.
fn key(name: &str) -> String {
    format!("reason.{name}")
}
