//! `instance`: facts about the installation that outlive a process.

use crate::{Conflict, Crud, Db, Executor, Result, Upsert, controller::model_controller};
use entity::instance::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, JsonValue};

model_controller! {
    /// Facts about the installation, by key.
    InstanceController of Entity, over Db
}

impl<C: Executor> InstanceController<'_, C> {
    /// The fact of this key, if it is known.
    ///
    /// # Errors
    /// Those of [`Crud::find`].
    pub async fn fact(&self, key: &str) -> Result<Option<JsonValue>> {
        Ok(self.find(key.to_owned()).await?.map(|row| row.value))
    }

    /// Stores a fact under a key of at most 40 characters.
    ///
    /// # Errors
    /// Those of [`Upsert::upsert`].
    pub async fn remember(&self, key: &str, value: JsonValue) -> Result<()> {
        let draft = ActiveModel {
            key: Set(key.to_owned()),
            value: Set(value),
            ..Default::default()
        };
        self.upsert(draft, Conflict::on_key().updating([Column::Value]))
            .await?;
        Ok(())
    }
}
