//! The gateway: sessions, their shards, what they are told, and what can go wrong with them.

mod chunk;
mod dispatch;
mod identify;
pub(crate) mod intents;
mod session;
mod socket;

pub(crate) use dispatch::Event;
pub(crate) use session::{Frame, Session};
pub(crate) use socket::serve;

use std::time::Duration;

/// All sessions of the bot, live ones and those that may still be resumed.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) sessions: Vec<Session>,
    /// Counts sessions, for their names.
    pub(crate) opened: u64,
    /// Counts events that were sent to anyone, for those who wait until there are no more.
    pub(crate) dispatched: u64,
    pub(crate) options: GatewayOptions,
}

/// How this gateway behaves.
#[derive(Clone, Debug)]
pub(crate) struct GatewayOptions {
    pub(crate) heartbeat_interval: Duration,
    /// Whether frames are compressed for a client that asks for it.
    pub(crate) compression: bool,
    /// The intents that need a switch on Discord's site, and have it.
    pub(crate) privileged: u64,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: Vec::new(),
            opened: 0,
            dispatched: 0,
            options: GatewayOptions {
                // Discord's own.
                heartbeat_interval: Duration::from_millis(41_250),
                compression: false,
                privileged: intents::PRIVILEGED,
            },
        }
    }
}

impl Gateway {
    pub(crate) fn live(&self) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(|session| session.is_live())
    }

    /// Sends a frame without a sequence number to every live session.
    pub(crate) fn tell_all(&self, frame: &Frame) {
        for session in self.live() {
            session.send(frame.clone());
        }
    }

    /// Forgets every session, so that none can be resumed.
    pub(crate) fn forget(&mut self) {
        for session in &mut self.sessions {
            session.forgotten = true;
        }
    }
}
