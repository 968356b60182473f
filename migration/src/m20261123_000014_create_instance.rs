//! `instance`: what concerns the whole installation, such as command hashes.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("instance", manager);
        let table = t
            .create()
            .col(t.text_up_to("key", 40))
            .col(t.json("value"))
            .col(t.created_at())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["key"]))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("instance", manager).await
    }
}
