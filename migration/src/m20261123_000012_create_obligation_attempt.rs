//! `obligation_attempt`: what each try at an obligation came to. Only appended to.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const OUTCOMES: &[&str] = &["ok", "already", "refused", "retry", "limited", "lost"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("obligation_attempt", manager);
        let table = t
            .create()
            .col(t.uuid("obligation_id"))
            .col(t.integer_from("attempt", 1))
            .col(t.timestamp_of_writing("at"))
            .col(t.integer_from("ms", 0))
            .col(t.integer("http").null())
            .col(t.integer("discord_code").null())
            .col(t.enumeration("outcome", OUTCOMES))
            .col(t.text_up_to("detail", 300).null())
            .primary_key(&mut t.key(&["obligation_id", "attempt"]))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("obligation_attempt", manager).await
    }
}
