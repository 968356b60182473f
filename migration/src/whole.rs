//! A migration happens as a whole or not at all.

use sea_orm_migration::prelude::*;

/// Puts a migration into a transaction on SQLite too, where sea-orm would leave half of it behind
/// after a crash.
pub(crate) struct Whole(pub(crate) Box<dyn MigrationTrait>);

impl MigrationName for Whole {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Whole {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.down(manager).await
    }

    /// `Some(false)` of a migration wins: an index made CONCURRENTLY cannot be in a transaction.
    fn use_transaction(&self) -> Option<bool> {
        self.0.use_transaction().or(Some(true))
    }
}
