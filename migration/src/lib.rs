#![doc = include_str!("../README.md")]
#![expect(
    elided_lifetimes_in_paths,
    reason = "async-trait compares a migration with its trait literally, and the trait hides the lifetime"
)]

mod error;
mod run;
mod session;
mod status;
mod table;
mod target;
mod whole;

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
mod m20261123_000015_create_reason_preset;

use sea_orm_migration::prelude::*;

pub use error::Error;
pub use run::{Applied, Reverted, database_name, down, fresh, names, refresh, reset, status, up};
pub use status::Status;

/// The ordered list of migrations.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

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
            Box::new(m20261123_000015_create_reason_preset::Migration),
        ];
        let whole = list.into_iter().map(|one| Box::new(whole::Whole(one)) as _);
        whole.collect()
    }
}
