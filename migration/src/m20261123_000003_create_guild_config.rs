//! `guild_config`: the settings of a guild. The first change writes the row; no row means defaults.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const PERMISSION_MODES: &[&str] = &["auto", "discord", "ranks", "either"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("guild_config", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.text_up_to("prefix", 5).default("!"))
            .col(t.text_up_to("language", 10).default("en"))
            .col(t.text_up_to("timezone", 64).default("UTC"))
            .col(
                t.enumeration("permission_mode", PERMISSION_MODES)
                    .default("auto"),
            )
            .col(
                t.integer_between("administrator_rank", 0, 10)
                    .null()
                    .default(7),
            )
            .col(t.switch("rank_hierarchy", true))
            .col(t.switch("dm_default", true))
            .col(t.integer_between("dm_wait_s", 0, 10).default(5))
            .col(t.integer_between("ban_delete_days", 0, 7).default(0))
            .col(t.switch("require_reason", false))
            .col(t.switch("public_reply", true))
            .col(t.switch("self_view", true))
            .col(t.text_up_to("dm_footer", 500).null())
            .col(t.switch("show_moderator", false))
            .col(t.created_at())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["guild_id"]))
            .foreign_key(&mut t.of_guild())
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("guild_config", manager).await
    }
}
