//! The gateway: sessions, their shards, what they are told, and what can go wrong with them.

mod chunk;
mod close;
mod dispatch;
mod fault;
mod guild_create;
mod harm;
mod identify;
pub(crate) mod intents;
mod send_limit;
mod session;
mod socket;
mod starts;
mod transport;

pub(crate) use close::Close;
pub(crate) use dispatch::Event;
pub use fault::GatewayFault;
pub(crate) use fault::GatewayFaults;
pub(crate) use harm::Harm;
pub(crate) use session::{Frame, Session};
pub(crate) use socket::{Asked, serve};
pub use starts::SessionStarts;
pub(crate) use starts::Starts;

use std::time::Duration;

use tokio::sync::watch;

/// All sessions of the bot, live ones and those that may still be resumed.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) sessions: Vec<Session>,
    /// Counts sessions, for their names.
    pub(crate) opened: u64,
    /// Counts events that were sent to anyone, for those who wait until there are no more.
    pub(crate) dispatched: u64,
    pub(crate) options: GatewayOptions,
    pub(crate) starts: Starts,
    /// What is wrong, for those who wait for a change of it.
    pub(crate) faults: watch::Sender<GatewayFaults>,
}

/// How this gateway behaves.
#[derive(Clone, Debug)]
pub(crate) struct GatewayOptions {
    pub(crate) heartbeat_interval: Duration,
    /// Whether frames are compressed for a client that asks for it in IDENTIFY.
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
            starts: Starts::default(),
            faults: watch::Sender::default(),
        }
    }
}

impl Gateway {
    /// The sessions with a connection.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(|session| session.is_live())
    }

    /// The sessions whose client hears what is sent: none during a partition.
    pub(crate) fn reachable(&self) -> impl Iterator<Item = &Session> {
        let partition = self.faults.borrow().has(GatewayFault::Partition);
        self.live().filter(move |_| !partition)
    }

    /// Sends a frame without a sequence number to every live session.
    pub(crate) fn tell_all(&self, frame: &Frame) {
        for session in self.live() {
            session.send(frame.clone());
        }
    }

    /// Asks every client that can hear it for a heartbeat. What was held back goes out before.
    pub(crate) fn ask_for_beats(&mut self) {
        self.sessions.iter_mut().for_each(Session::release);
        for session in self.reachable() {
            session.send(Frame::beat());
        }
    }

    /// Forgets every session, so that none can be resumed.
    pub(crate) fn forget(&mut self) {
        for session in &mut self.sessions {
            session.forgotten = true;
        }
    }

    /// Closes every connection.
    pub(crate) fn close_all(&mut self, code: u16) {
        let known = Close::of(code);
        let reason = known.map_or("Closed on purpose.", Close::reason);
        self.tell_all(&Frame::Close(code, reason));
        if known.is_some_and(Close::ends_session) {
            self.forget();
        }
    }

    /// Drops the sessions that nobody can come back to.
    pub(crate) fn prune(&mut self, now_ms: i64) {
        self.sessions.retain(|session| !session.is_over(now_ms));
    }

    pub(crate) fn session_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }
}
