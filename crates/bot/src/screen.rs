//! Buttons, selects and confirmations that outlive the process.
//!
//! A component carries everything in its custom id, signed; nothing is remembered between sending it
//! and its press, and each press is checked as the command it stands for.

mod custom_id;

pub use custom_id::{CustomId, Signer};

use crate::data::Data;
use poise::serenity_prelude::{ComponentInteraction, Context};

/// Answers a press.
pub(crate) async fn pressed(_ctx: &Context, _data: &Data, _press: &ComponentInteraction) {}
