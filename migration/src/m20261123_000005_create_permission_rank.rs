//! `permission_rank`: the ranks of a guild, 0 (everyone) to 10.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("permission_rank", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.integer_between("rank", 0, 10))
            .col(t.text_up_to("name", 32))
            .col(t.text_up_to("description", 200).null())
            .col(t.created_at())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["guild_id", "rank"]))
            .foreign_key(&mut t.of_guild())
            .take();
        manager.create_table(table).await?;
        // Plain SQL, the same on both: sea-query cannot write an index on an expression for SQLite.
        let unique_name = r#"CREATE UNIQUE INDEX "permission_rank_name_key"
            ON "permission_rank" ("guild_id", lower("name"))"#;
        manager
            .get_connection()
            .execute_unprepared(unique_name)
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("permission_rank", manager).await
    }
}
