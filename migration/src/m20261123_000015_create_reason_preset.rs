//! `reason_preset`: reasons that a guild's moderators give by name.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("reason_preset", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.text_up_to("name", 32))
            .col(t.text_up_to("text", 1_000))
            .col(t.person("author_id"))
            .col(t.created_at())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["guild_id", "name"]))
            .foreign_key(&mut t.of_guild())
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("reason_preset", manager).await
    }
}
