//! `ui_state`: what a component or confirmation needs beyond its custom id, so that it works after a
//! restart.

use crate::{Bulk, Conflict, Crud, Db, Executor, Result, Upsert, controller::model_controller};
use entity::ui_state::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, JsonValue};
use std::time::Duration;

model_controller! {
    /// Stored screens.
    UiStateController of Entity, over Db
}

impl<C: Executor> UiStateController<'_, C> {
    /// Keeps `data` under `id` (at most 22 characters, made by the caller) for `keep`.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when the id is taken.
    pub async fn keep(
        &self,
        id: String,
        guild_id: Option<i64>,
        user_id: i64,
        screen: &str,
        data: JsonValue,
        keep: Duration,
    ) -> Result<Model> {
        self.create(self.draft(id, guild_id, user_id, screen, data, keep))
            .await
    }

    /// Keeps `data` under an id that stands for it, such as its digest: what is there already is kept
    /// for at least `keep` from now.
    ///
    /// # Errors
    /// Those of two statements.
    pub async fn keep_same(
        &self,
        id: String,
        guild_id: Option<i64>,
        user_id: i64,
        screen: &str,
        data: JsonValue,
        keep: Duration,
    ) -> Result<()> {
        let draft = self.draft(id.clone(), guild_id, user_id, screen, data, keep);
        let (_, created) = self.get_or_create(draft, Conflict::on_key()).await?;
        if !created {
            let expires_at = self.0.clock().now() + keep;
            let values = ActiveModel {
                expires_at: Set(expires_at),
                ..Default::default()
            };
            let earlier = (Column::Id.eq(id), Column::ExpiresAt.lt(expires_at));
            self.update_where(earlier, values).await?;
        }
        Ok(())
    }

    /// What is kept under `id`, unless it has expired.
    ///
    /// # Errors
    /// Those of [`Crud::find`].
    pub async fn recall(&self, id: &str) -> Result<Option<Model>> {
        let now = self.0.clock().now();
        Ok(self
            .find(id.to_owned())
            .await?
            .filter(|state| state.expires_at > now))
    }

    /// Takes what is kept under `id`: of two callers, one gets it.
    ///
    /// # Errors
    /// Those of [`Crud::delete`].
    pub async fn redeem(&self, id: &str) -> Result<Option<Model>> {
        let state = self.recall(id).await?;
        Ok(if self.delete(id.to_owned()).await? {
            state
        } else {
            None
        })
    }

    fn draft(
        &self,
        id: String,
        guild_id: Option<i64>,
        user_id: i64,
        screen: &str,
        data: JsonValue,
        keep: Duration,
    ) -> ActiveModel {
        ActiveModel {
            id: Set(id),
            guild_id: Set(guild_id),
            user_id: Set(user_id),
            screen: Set(screen.to_owned()),
            data: Set(data),
            expires_at: Set(self.0.clock().now() + keep),
            ..Default::default()
        }
    }

    /// Removes what has expired; how much there was.
    ///
    /// # Errors
    /// Those of [`Bulk::delete_where`].
    pub async fn forget_expired(&self) -> Result<u64> {
        self.delete_where(Column::ExpiresAt.lte(self.0.clock().now()))
            .await
    }
}
