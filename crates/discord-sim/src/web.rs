//! A chat client in the browser, for trying a bot by hand: channels, people, slash commands, faults,
//! and whatever panels the bot's own sandbox adds. See [`Page`].
//!
//! The page is served from this crate's own files on a port of its own, on loopback only. Its address
//! holds a token without which nothing is answered.

mod asset;
mod blocks;
mod delta;
mod faults;
mod guard;
mod host;
mod open;
mod panel;
mod play;
mod request;
mod script;
mod server;
mod socket;
mod view;

pub use blocks::{Block, Cell, Choice, Entry, Row, Step, Table, Tone};
pub use host::{Host, SimHost};
pub use panel::{Doing, Panel};

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use thiserror::Error;
use tokio::sync::watch;

use crate::script::Line;
use crate::sim::Sim;
use script::Script;

/// A running page. Clones are handles to the same one; it ends with its [`Sim`].
#[derive(Clone, Debug)]
pub struct Page {
    site: Arc<Site>,
}

/// What all connections to a page share.
struct Site {
    sim: Sim,
    token: String,
    port: u16,
    host: Arc<dyn Host>,
    panels: Vec<Arc<dyn Panel>>,
    /// The channel that is shown beside the chat, by name.
    watched: Option<String>,
    script: Mutex<Script>,
    /// Rises with every line of the script.
    played: watch::Sender<u64>,
}

/// Describes a page that is about to open.
pub struct PageBuilder {
    sim: Sim,
    port: u16,
    host: Arc<dyn Host>,
    panels: Vec<Arc<dyn Panel>>,
    watched: Option<String>,
}

/// Why a page did not open.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PageError {
    /// The port could not be opened.
    #[error("port {port} of 127.0.0.1 could not be opened for the page; choose another one")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The system gave no random numbers for the token.
    #[error("the system gives no random numbers, without which the page has no secret address")]
    Random(#[source] getrandom::Error),
}

impl Page {
    /// Begins to describe a page for a simulator. Whatever else runs the bot is told by
    /// [`PageBuilder::host`].
    pub fn builder(sim: &Sim) -> PageBuilder {
        PageBuilder {
            sim: sim.clone(),
            port: 0,
            host: Arc::new(SimHost::new(sim.clone())),
            panels: vec![Arc::new(faults::Faults::new(sim.clone()))],
            watched: None,
        }
    }

    /// The address, with its token. Whoever has it can do everything that the page can.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.site.port, self.site.token)
    }

    /// Tells the page of a line that was played elsewhere, so that its transcript is whole.
    pub fn heard(&self, line: &Line) {
        self.site.heard(line);
    }
}

impl PageBuilder {
    /// The port on 127.0.0.1; 0, which is also the default, takes any that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Who lets time pass and starts the bot again. Without it, [`SimHost`], which knows no bot.
    #[must_use]
    pub fn host(mut self, host: impl Host) -> Self {
        self.host = Arc::new(host);
        self
    }

    /// Adds a panel. Panels of one tab stand below each other, in the order in which they were added.
    #[must_use]
    pub fn panel(mut self, panel: impl Panel) -> Self {
        self.panels.push(Arc::new(panel));
        self
    }

    /// Shows a channel beside the chat, whoever one speaks as: a log, for example.
    #[must_use]
    pub fn watch(mut self, channel: &str) -> Self {
        self.watched = Some(channel.to_owned());
        self
    }

    /// Opens the port and begins to serve.
    ///
    /// # Errors
    /// [`PageError`].
    pub async fn open(self) -> Result<Page, PageError> {
        open::open(self).await
    }
}

impl Site {
    fn heard(&self, line: &Line) {
        let at = self.sim.shared.lock().transcript.all.len();
        self.heard_at(line, at);
    }

    /// A line was played when Discord had shown so much.
    fn heard_at(&self, line: &Line, at: usize) {
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        if script.add(line, at) {
            self.played.send_modify(|count| *count += 1);
        }
    }
}

impl std::fmt::Debug for Site {
    /// Without the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for PageBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageBuilder")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}
