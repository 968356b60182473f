//! `config_event`: who changed which setting of a guild, when and how. Only appended to.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const SOURCES: &[&str] = &["command", "dashboard", "import", "operator"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("config_event", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.integer_from("seq", 1))
            .col(t.timestamp_of_writing("at"))
            .col(t.person("actor_id"))
            .col(t.enumeration("source", SOURCES))
            .col(t.text_up_to("key", 100))
            .col(t.json("before").null())
            .col(t.json("after").null())
            .primary_key(&mut t.key(&["guild_id", "seq"]))
            .foreign_key(&mut t.of_guild())
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(t.index("key").col("guild_id").col("key").col("seq").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("config_event", manager).await
    }
}
