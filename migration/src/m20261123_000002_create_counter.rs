//! `counter`: the last number given out, per guild and purpose. No sequence: those jump and leave gaps.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const KEYS: &[&str] = &[
    "case",
    "plan",
    "appeal",
    "report",
    "config",
    "drift",
    "automod_hit",
    "status_role",
    "archive",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("counter", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.enumeration("key", KEYS))
            .col(t.integer_from("last", 0))
            .col(t.created_at())
            .col(t.updated_at())
            .primary_key(&mut t.key(&["guild_id", "key"]))
            .foreign_key(&mut t.of_guild())
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("counter", manager).await
    }
}
