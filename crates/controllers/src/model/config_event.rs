//! `config_event`: every change of a setting, appended and never altered.

use crate::{Crud, GuildDb, Result, Tx, controller::model_controller};
use entity::{
    config_event::{ActiveModel, Entity},
    value::{ConfigSource, CounterKey},
};
use sea_orm::{ActiveValue::Set, JsonValue, Value, sea_query::sea_value_to_json_value};

model_controller! {
    /// The history of one guild's settings.
    ConfigEventController of Entity, over GuildDb
}

/// Who changes a setting, and by what means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The user.
    pub user_id: i64,
    /// The means.
    pub source: ConfigSource,
}

impl Author {
    /// Somebody who used a command.
    pub fn of_command(user_id: i64) -> Self {
        Self {
            user_id,
            source: ConfigSource::Command,
        }
    }
}

impl ConfigEventController<'_, Tx> {
    /// Waits for other changes of the guild's settings and holds later ones back until the transaction
    /// ends, so that what is read now is what an event may say was replaced.
    ///
    /// # Errors
    /// Those of [`Crud::create`].
    pub async fn hold(&self) -> Result<()> {
        self.0.counters().hold(CounterKey::Config).await
    }

    /// Appends the change of `key` from one value to another. `false`: they are the same, and nothing
    /// is appended.
    ///
    /// # Errors
    /// Those of [`Crud::create`].
    pub async fn record(
        &self,
        key: &str,
        before: impl Into<Value>,
        after: impl Into<Value>,
        author: Author,
    ) -> Result<bool> {
        let (before, after) = (before.into(), after.into());
        if before == after {
            return Ok(false);
        }
        let seq = *self.0.counters().take(CounterKey::Config, 1).await?.start();
        self.create(ActiveModel {
            seq: Set(seq),
            actor_id: Set(author.user_id),
            source: Set(author.source),
            key: Set(key.to_owned()),
            before: Set(json(&before)),
            after: Set(json(&after)),
            ..Default::default()
        })
        .await?;
        Ok(true)
    }
}

/// An absent value is SQL NULL, not JSON `null`.
fn json(value: &Value) -> Option<JsonValue> {
    Some(sea_value_to_json_value(value)).filter(|json| !json.is_null())
}
