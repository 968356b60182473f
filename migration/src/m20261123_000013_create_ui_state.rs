//! `ui_state`: what a button or menu needs to go on, also after a restart.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("ui_state", manager);
        let table = t
            .create()
            .col(t.text_up_to("id", 22))
            .col(t.snowflake("guild_id").null())
            .col(t.snowflake("user_id"))
            .col(t.text_up_to("screen", 40))
            .col(t.json("data"))
            .col(t.timestamp("expires_at"))
            .col(t.created_at())
            .col(t.updated_at())
            .primary_key(&mut t.key(&["id"]))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(t.index("expiry").col("expires_at").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("ui_state", manager).await
    }
}
