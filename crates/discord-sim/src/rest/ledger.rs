//! What was asked of the simulator, in order.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// A request of the bot's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Request {
    /// `GET`, `PUT` and so on.
    pub method: String,
    /// The path without `/api/v10` and without the query.
    pub path: String,
    /// The query, as sent.
    pub query: String,
    /// The JSON body; of a form with files, its JSON part.
    pub body: Option<Value>,
    /// The decoded `X-Audit-Log-Reason`.
    pub reason: Option<String>,
    /// The status of the answer; nothing while it waits, and when the connection was dropped.
    pub status: Option<u16>,
}

impl fmt::Display for Request {
    /// `PUT /guilds/1/bans/2 (reason: spam): 204`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if let Some(reason) = &self.reason {
            write!(f, " (reason: {reason})")?;
        }
        match self.status {
            Some(status) => write!(f, ": {status}"),
            None => f.write_str(": no answer"),
        }
    }
}

/// All requests, and how many have no answer yet.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) requests: Vec<Request>,
    /// Routes that were asked for and do not exist here.
    pub(crate) unimplemented: Vec<String>,
    /// Requests that are being worked on. One that a fault holds does not count.
    pub(crate) in_flight: usize,
}
