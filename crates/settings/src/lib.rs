#![doc = include_str!("../README.md")]

mod entry;
mod error;
mod example;
mod layers;
mod origin;
mod reader;
mod secret;
mod section;
mod settings;
mod value;

pub use entry::{Entry, reference};
pub use error::{Error, Problem};
pub use example::{example_env, example_toml, markdown_table};
pub use origin::Origin;
pub use secret::Secret;
pub use section::{
    Bot, Database, Discord, Environment, Http, Log, LogFormat, Operators, Scheduler, Secrets,
    is_prefix,
};
pub use settings::{Effective, Settings};
pub use value::{Listen, Timeout};
