#![doc = include_str!("../README.md")]

mod act;
mod clock;
mod control;
mod edit;
mod error;
mod fault;
mod gateway;
mod interaction;
mod limits;
mod mention;
mod mutate;
mod payload;
mod people;
pub mod permissions;
mod refusal;
mod rest;
mod script;
mod server;
mod shared;
mod shown;
mod sim;
mod snowflake;
mod state;
#[cfg(feature = "web")]
pub mod web;
mod words;
mod world;

pub use act::{Act, Place, What};
pub use clock::SimClock;
pub use edit::Edit;
pub use fault::{FaultAction, FaultId, FaultRule};
pub use refusal::Refusal;
pub use rest::Request;
pub use script::{Line, LineError};
pub use shown::{Shown, ShownKind};
pub use sim::{Sim, SimBuilder, StartError};
pub use state::AuditEntry;
pub use world::{BOT_ROLE, GuildSpec, World};
