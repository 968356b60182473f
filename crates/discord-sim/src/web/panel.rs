//! Panels: what a sandbox shows beside the chat.

use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

use super::Block;

/// Something that is being done.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A part of the page beside the chat. It is looked at a few times a second while somebody has the page
/// open, and what has changed since is marked.
pub trait Panel: Send + Sync + 'static {
    /// The tab that it stands in.
    fn tab(&self) -> &'static str;

    /// What it shows now.
    fn look(&self) -> Doing<'_, Vec<Block>>;

    /// Somebody used one of its controls; `value` is what a switch or a choice was set to.
    ///
    /// `None`: it has no control of that name. An error says to a person why it cannot be done.
    fn act<'a>(
        &'a self,
        control: &'a str,
        value: &'a Value,
    ) -> Doing<'a, Option<Result<(), String>>>;
}
