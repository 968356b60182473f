//! What passes between the simulator and the bot, for one who wants to see it as it passes.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

/// Something that passes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Traffic<'a> {
    /// An event is on its way to the bot.
    Event {
        /// `MESSAGE_CREATE` and so on.
        name: &'a str,
        /// Its data, as a session with every intent gets it.
        data: &'a Value,
    },
    /// A request of the bot's has come in.
    Request {
        /// `GET`, `PUT` and so on.
        method: &'a str,
        /// The path without `/api/v10` and without the query.
        path: &'a str,
        /// The JSON body; `null` when there is none.
        body: &'a Value,
    },
}

/// One who is told of all traffic.
#[derive(Clone)]
pub(crate) struct Watcher(pub(crate) Arc<dyn Fn(Traffic<'_>) + Send + Sync>);

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watcher")
    }
}
