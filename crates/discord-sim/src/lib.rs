#![doc = include_str!("../README.md")]

mod act;
mod checks;
mod clock;
mod control;
mod edit;
mod error;
mod fault;
mod gateway;
mod history;
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
mod story;
#[cfg(feature = "tls")]
mod tls;
mod traffic;
#[cfg(feature = "validate")]
mod validate;
#[cfg(not(feature = "validate"))]
#[path = "unvalidated.rs"]
mod validate;
#[cfg(feature = "web")]
pub mod web;
mod words;
mod world;

pub use act::{Act, Place, What};
pub use clock::SimClock;
pub use edit::Edit;
pub use fault::{FaultAction, FaultId, FaultRule};
pub use gateway::{GatewayFault, SessionStarts};
pub use refusal::Refusal;
pub use rest::{RateLimits, Request};
pub use script::{Line, LineError};
pub use shown::{Shown, ShownKind};
pub use sim::{Sim, SimBuilder, StartError};
pub use state::{AuditEntry, Status};
pub use story::{Expected, Guild, Member};
#[cfg(feature = "tls")]
pub use tls::{TlsError, TlsPort};
pub use traffic::Traffic;
pub use world::{BOT_ROLE, GuildSpec, World};
