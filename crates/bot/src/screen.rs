//! Buttons, selects and confirmations that outlive the process.
//!
//! A component carries everything in its custom id, signed; what does not fit is kept in the
//! database under a key that the id carries. Nothing is remembered between sending a component and
//! its press, and each press is checked as the command it stands for.
//!
//! A new screen is a type that implements [`Screen`], a function that draws it for a [`Viewer`], and
//! a line in `screen/routes.rs`. A question before something destructive is a [`Confirmation`].

mod confirm;
mod custom_id;
mod dispatch;
mod press;
mod routes;
mod viewer;

pub use confirm::{Confirm, Confirmation, ask};
pub use custom_id::{CustomId, Signer, base62, unbase62};
pub(crate) use dispatch::pressed;
pub use press::Press;
pub use viewer::Viewer;

use crate::{command::Command, failure::Result};

/// What a component belongs to.
pub trait Screen: Send + Sync + 'static {
    /// Its name in custom ids: lower-case letters and dashes, unique, at most 40 characters.
    const NAME: &'static str;

    /// The command that a press stands for: whoever may not use it may not press.
    type Command: Command;

    /// Does what a press asks for, usually [`Press::redraw`]. The signature, the person and their
    /// permission have been checked, and Discord has its acknowledgement.
    fn pressed(press: &Press<'_>) -> impl Future<Output = Result> + Send;
}
