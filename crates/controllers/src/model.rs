//! One controller per table: the capabilities, and what only this table can do.

mod case_event;
mod command_rule;
mod config_event;
mod counter;
mod guild;
mod guild_config;
mod instance;
mod log_channel;
mod mod_case;
mod obligation;
mod rank;
mod reason_preset;
mod role_rank;
mod ui_state;

pub use case_event::{CaseEventController, ChainBreak, NewEvent, verify_chain};
pub use command_rule::CommandRuleController;
pub use config_event::{Author, ConfigEventController};
pub use counter::CounterController;
pub use guild::GuildController;
pub use guild_config::GuildConfigController;
pub use instance::InstanceController;
pub use log_channel::LogChannelController;
pub use mod_case::{
    CaseController, CaseEdit, CaseFilter, CasePage, CaseTarget, NewCase, Proof, Tally, Turn,
};
pub use obligation::{Attempt, Backlog, Finish, OBLIGATION_DUE, ObligationController, Promise};
pub use rank::RankController;
pub use reason_preset::ReasonPresetController;
pub use role_rank::RoleRankController;
pub use ui_state::UiStateController;
