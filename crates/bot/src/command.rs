//! What a command is: one description from which the slash form, the prefix form, the help and the
//! permission defaults all come.

mod args;
mod call;
mod catalog;
mod complete;
mod invoke;
mod limit;
mod node;
pub(crate) mod place;
mod prefix_form;
mod reason;
mod register;
mod slash_form;
mod spec;

pub(crate) use args::missing;
pub use args::{Args, Value};
pub use call::{Call, Ctx, DbContext, Reply};
pub use catalog::{Catalog, Entry};
pub(crate) use complete::complete;
pub use limit::{Class, Limiter};
pub use node::{Node, Tree};
pub use place::InGuild;
pub(crate) use place::decide;
pub use register::{Registration, registration};
pub use slash_form::{option_text, text_id};
pub use spec::{Access, Category, Param, ParamKind, Place, Scope, Spec, Visibility};

use crate::failure::Result;

/// A command: its description and what it does.
///
/// A command of ordinary kind is one file with one type that implements this, listed in
/// [`crate::commands::tree`].
pub trait Command: Send + Sync + 'static {
    /// The description.
    const SPEC: Spec;

    /// Does what was asked and answers through `call`. Permission and arguments have been checked.
    fn run(call: &Call<'_>) -> impl Future<Output = Result> + Send;
}
