//! `guild`: every guild the bot has met; the parent of all guild-owned tables.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A guild that was left is purged some day, and only such a guild is.
fn left_and_purge_come_together() -> Expr {
    Expr::col("left_at")
        .is_null()
        .eq(Expr::col("purge_after").is_null())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("guild", manager);
        let table = t
            .create()
            .col(t.snowflake("id"))
            .col(t.text_up_to("name", 100))
            .col(t.person("owner_id"))
            .col(t.timestamp("joined_at"))
            .col(t.timestamp("left_at").null())
            .col(t.timestamp("purge_after").null())
            .col(t.integer_from("features", 0).default(0))
            .col(t.timestamp("last_seen_at"))
            .col(t.created_at())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["id"]))
            .check(t.check("left", left_and_purge_come_together()))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(
                t.index("purge")
                    .col("purge_after")
                    .and_where(Expr::col("purge_after").is_not_null())
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("guild", manager).await
    }
}
