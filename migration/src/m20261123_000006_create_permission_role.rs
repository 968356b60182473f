//! `permission_role`: the rank that a Discord role gives.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("permission_role", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.snowflake("role_id"))
            .col(t.integer("rank"))
            .col(t.created_at())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["guild_id", "role_id"]))
            .foreign_key(&mut t.of_guild())
            .foreign_key(&mut t.reference(
                ["guild_id", "rank"],
                "permission_rank",
                ["guild_id", "rank"],
            ))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(t.index("rank").col("guild_id").col("rank").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("permission_role", manager).await
    }
}
