//! Starting a simulator.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Sim;
use crate::clock::SimClock;
use crate::gateway::SessionStarts;
use crate::rest::RateLimits;
use crate::server::{self, Port};
use crate::shared::Shared;
use crate::state::State;
use crate::traffic::{Traffic, Watcher};
use crate::world::World;

/// The token that a simulator accepts when none is named.
const DEFAULT_TOKEN: &str = "sim.token.rookery";

/// Describes a simulator that is about to start.
#[derive(Debug)]
pub struct SimBuilder {
    seed: u64,
    port: u16,
    clock: SimClock,
    world: World,
    token: String,
    heartbeat_interval: Option<Duration>,
    compression: bool,
    privileged_intents: Option<u64>,
    session_starts: Option<SessionStarts>,
    watcher: Option<Watcher>,
    #[cfg(feature = "tls")]
    tls: bool,
    rate_limits: RateLimits,
}

impl Default for SimBuilder {
    fn default() -> Self {
        Self {
            seed: 0,
            port: 0,
            clock: SimClock::system(),
            world: World::rookery(),
            token: DEFAULT_TOKEN.to_owned(),
            heartbeat_interval: None,
            compression: false,
            privileged_intents: None,
            session_starts: None,
            watcher: None,
            #[cfg(feature = "tls")]
            tls: false,
            rate_limits: RateLimits::Off,
        }
    }
}

/// Why a simulator did not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port could not be opened.
    #[error("port {port} of 127.0.0.1 could not be opened")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The port with TLS has no certificate.
    #[cfg(feature = "tls")]
    #[error("the port with TLS could not be opened")]
    Tls(#[from] crate::tls::TlsError),
}

impl SimBuilder {
    /// Decides all ids of the world at the start. Without it: 0.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The port on 127.0.0.1; 0, which is also the default, takes any that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Discord's clock. Without it: the machine's.
    #[must_use]
    pub fn clock(mut self, clock: SimClock) -> Self {
        self.clock = clock;
        self
    }

    /// Who and what is there at the start. Without it: [`World::rookery`].
    #[must_use]
    pub fn world(mut self, world: World) -> Self {
        self.world = world;
        self
    }

    /// The only bot token that is accepted.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        token.clone_into(&mut self.token);
        self
    }

    /// How often clients send heartbeats. Without it: every 41.25 s, as Discord asks.
    #[must_use]
    pub fn heartbeat_interval(mut self, interval: Duration) -> Self {
        self.heartbeat_interval = Some(interval);
        self
    }

    /// Compresses gateway frames for a client that asks for it. Without it: off.
    #[must_use]
    pub fn compression(mut self, on: bool) -> Self {
        self.compression = on;
        self
    }

    /// Which of the privileged intents are switched on for the bot: bits of members (1 << 1),
    /// presences (1 << 8) and message content (1 << 15). Without it: all.
    #[must_use]
    pub fn privileged_intents(mut self, intents: u64) -> Self {
        self.privileged_intents = Some(intents);
        self
    }

    /// Limits how often clients may identify. Without it they may at any time, so that a test can
    /// restart its bot without waiting.
    #[must_use]
    pub fn session_starts(mut self, limit: SessionStarts) -> Self {
        self.session_starts = Some(limit);
        self
    }

    /// Tells `watcher` of all events and requests as they pass, in order. Everything waits for it, so
    /// it should be quick, and it must not use the simulator.
    #[must_use]
    pub fn watch(mut self, watcher: impl Fn(Traffic<'_>) + Send + Sync + 'static) -> Self {
        self.watcher = Some(Watcher(Arc::new(watcher)));
        self
    }

    /// Opens a second port, with TLS, for a client that speaks to `https://discord.com` alone, such
    /// as serenity's with its rate limiter on. [`Sim::tls`] says where it is and whom to trust.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(mut self, on: bool) -> Self {
        self.tls = on;
        self
    }

    /// How requests are limited. Without it: not at all.
    #[must_use]
    pub fn rate_limits(mut self, limits: RateLimits) -> Self {
        self.rate_limits = limits;
        self
    }

    /// Opens the port and begins to serve.
    ///
    /// # Errors
    /// [`StartError::Port`] when the port is taken.
    pub async fn start(self) -> Result<Sim, StartError> {
        let port = self.port;
        let port_error = |source| StartError::Port { port, source };
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(wanted).await.map_err(port_error)?;
        let address = listener.local_addr().map_err(port_error)?;
        let mut state = State::new(&self.world, self.seed, self.clock.clone());
        state.limiter.limits = self.rate_limits;
        let options = &mut state.gateway.options;
        options.compression = self.compression;
        options.heartbeat_interval = self
            .heartbeat_interval
            .unwrap_or(options.heartbeat_interval);
        options.privileged = self.privileged_intents.unwrap_or(options.privileged);
        state.gateway.starts.limit = self.session_starts;
        state.watcher = self.watcher;
        let shared = Arc::new(Shared::new(state, address, self.token));
        let (end, ended) = watch::channel(false);
        let server = server::serve(listener, Port::Plain, Arc::clone(&shared));
        #[cfg(feature = "tls")]
        let tls = if self.tls {
            Some(open_tls(&shared).await?)
        } else {
            None
        };
        tokio::spawn(async move {
            server.await;
            end.send_replace(true);
        });
        Ok(Sim {
            shared,
            clock: self.clock,
            address,
            #[cfg(feature = "tls")]
            tls,
            ended,
        })
    }
}

/// Any port that is free, with TLS.
#[cfg(feature = "tls")]
async fn open_tls(shared: &Arc<Shared>) -> Result<crate::tls::TlsPort, StartError> {
    let port_error = |source| StartError::Port { port: 0, source };
    let (ca_pem, acceptor) = crate::tls::server()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.map_err(port_error)?;
    let address = listener.local_addr().map_err(port_error)?;
    tokio::spawn(server::serve(
        listener,
        Port::Tls(acceptor),
        Arc::clone(shared),
    ));
    Ok(crate::tls::TlsPort { address, ca_pem })
}
