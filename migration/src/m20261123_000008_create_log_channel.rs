//! `log_channel`: where a guild wants each kind of log.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const KINDS: &[&str] = &[
    "mod", "audit", "join", "message", "private", "report", "dev",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("log_channel", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.enumeration("kind", KINDS))
            .col(t.snowflake("channel_id"))
            .col(t.snowflake("webhook_id").null())
            .col(t.text_up_to("webhook_token", 100).null())
            .col(t.timestamp("last_ok_at").null())
            .col(t.text_up_to("last_error", 200).null())
            .col(t.created_at())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["guild_id", "kind"]))
            .foreign_key(&mut t.of_guild())
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("log_channel", manager).await
    }
}
