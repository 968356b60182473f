//! The schema of Rookery, and the command line that applies it.

#![expect(
    elided_lifetimes_in_paths,
    reason = "async-trait compares a migration with its trait literally, and the trait hides the lifetime"
)]

mod m20261123_000001_create_guild;
mod m20261123_000002_create_counter;
mod m20261123_000003_create_guild_config;
mod m20261123_000004_create_config_event;
mod m20261123_000005_create_permission_rank;
mod m20261123_000006_create_permission_role;
mod m20261123_000007_create_permission_command;
mod m20261123_000008_create_log_channel;
mod m20261123_000009_create_mod_case;
mod m20261123_000010_create_case_event;
mod m20261123_000011_create_obligation;
mod m20261123_000012_create_obligation_attempt;
mod m20261123_000013_create_ui_state;
mod m20261123_000014_create_instance;
mod table;

use sea_orm_migration::prelude::*;

/// The ordered list of migrations.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

/// A migration that happens as a whole or not at all, on SQLite too, where sea-orm would leave
/// half of it behind after a crash.
struct Whole(Box<dyn MigrationTrait>);

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

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let list: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m20261123_000001_create_guild::Migration),
            Box::new(m20261123_000002_create_counter::Migration),
            Box::new(m20261123_000003_create_guild_config::Migration),
            Box::new(m20261123_000004_create_config_event::Migration),
            Box::new(m20261123_000005_create_permission_rank::Migration),
            Box::new(m20261123_000006_create_permission_role::Migration),
            Box::new(m20261123_000007_create_permission_command::Migration),
            Box::new(m20261123_000008_create_log_channel::Migration),
            Box::new(m20261123_000009_create_mod_case::Migration),
            Box::new(m20261123_000010_create_case_event::Migration),
            Box::new(m20261123_000011_create_obligation::Migration),
            Box::new(m20261123_000012_create_obligation_attempt::Migration),
            Box::new(m20261123_000013_create_ui_state::Migration),
            Box::new(m20261123_000014_create_instance::Migration),
        ];
        list.into_iter()
            .map(|one| Box::new(Whole(one)) as _)
            .collect()
    }
}

/// Applies every migration that is missing.
///
/// # Errors
/// Those of the database.
pub async fn up(url: &str) -> Result<(), DbErr> {
    let db = sea_orm::Database::connect(url).await?;
    Migrator::up(&db, None).await
}
