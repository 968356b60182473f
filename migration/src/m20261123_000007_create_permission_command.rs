//! `permission_command`: what a guild asks for a command instead of its default.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A row that neither asks for a rank nor disables the command would say nothing.
fn says_something() -> Expr {
    Expr::col("required_rank")
        .is_not_null()
        .or(Expr::col("enabled").not())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("permission_command", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.text_up_to("command", 100))
            .col(t.integer_between("required_rank", 0, 10).null())
            .col(t.switch("enabled", true))
            .col(t.created_at())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["guild_id", "command"]))
            .foreign_key(&mut t.of_guild())
            .check(t.check("set", says_something()))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("permission_command", manager).await
    }
}
