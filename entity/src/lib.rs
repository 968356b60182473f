#![doc = include_str!("../README.md")]

#[expect(
    missing_docs,
    unreachable_pub,
    clippy::mod_module_files,
    clippy::struct_excessive_bools,
    reason = "written by the generator from the migrations, which are the documentation"
)]
mod generated;

pub mod case_event;
pub mod config_event;
pub mod counter;
pub mod guild;
pub mod guild_config;
pub mod instance;
pub mod log_channel;
pub mod managed;
pub mod mod_case;
pub mod obligation;
pub mod obligation_attempt;
pub mod permission_command;
pub mod permission_rank;
pub mod permission_role;
pub mod reason_preset;
pub mod rule;
pub mod ui_state;
pub mod value;

pub use managed::{Managed, Refused, Stamp};
pub use rule::{Limit, Rule};
