#![doc = include_str!("../README.md")]

mod bot;
mod check;
mod crowd;
mod error;
mod latency;
mod meter;
mod options;
mod report;
mod run;

pub use check::Check;
pub use error::Error;
pub use latency::Latency;
pub use options::{Options, Rates};
pub use report::{Report, Start};
pub use run::{Progress, run};
