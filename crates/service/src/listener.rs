//! A session of its own with the server: what other processes announce, and the proof that this one
//! is alive.

use crate::{Error, Options};
use controllers::{DbErr, Error as DataError, PRESENCE};
use sqlx::{
    PgPool,
    postgres::{PgListener, PgPoolOptions},
};
use std::time::{Duration, Instant};
use tokio::{sync::watch, time::timeout};

/// How long to wait before a lost session is opened again. Less than any poll, so that a process is
/// taken for dead by others only when it is.
const AGAIN: Duration = Duration::from_secs(1);

/// After this long without a word the server is asked for one, and given as long to answer.
const SILENCE: Duration = Duration::from_secs(30);

/// Hears what transactions announced (`PostgreSQL`), and holds the lock that tells other processes
/// that this one lives.
///
/// It has a session of its own on the direct URL: neither notifications nor session locks go through
/// a pooler. The lock ends with the session, and so with the process, however that dies.
#[derive(Debug)]
pub struct Listener {
    pool: PgPool,
    name: String,
    channels: Vec<&'static str>,
    session: Option<PgListener>,
    since: watch::Sender<Option<Instant>>,
}

/// The channel of the next announcement; `None`: the session is lost. A server that has been silent
/// for a while is asked whether it is still there: a connection can be dead without saying so.
async fn announced(session: &mut PgListener) -> Option<String> {
    loop {
        match timeout(SILENCE, session.try_recv()).await {
            Ok(Ok(Some(notification))) => return Some(notification.channel().to_owned()),
            Ok(_) => return None,
            Err(_) => {
                let asked = sqlx::query("SELECT 1").execute(&mut *session);
                timeout(SILENCE, asked).await.ok()?.ok()?;
            }
        }
    }
}

/// What a listener hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The session was lost and opened again. What was announced before it has been missed.
    Reopened,
    /// Something was announced on this channel.
    Announced(String),
}

impl Listener {
    /// A session of the process `name` that listens to these channels. `None` for `SQLite`, which one
    /// process has for itself.
    ///
    /// # Errors
    /// [`Error::Url`], [`Error::Unreachable`].
    pub async fn connect(
        options: &Options,
        name: &str,
        channels: &[&'static str],
    ) -> Result<Option<Self>, Error> {
        if options.direct().starts_with("sqlite:") {
            return Ok(None);
        }
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(options.acquire_timeout)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_lazy(options.direct())
            .map_err(Error::Url)?;
        let mut listener = Self {
            pool,
            name: name.to_owned(),
            channels: channels.to_vec(),
            session: None,
            since: watch::Sender::new(None),
        };
        listener.open().await?;
        Ok(Some(listener))
    }

    /// Since when the session has lasted; `None` while there is none.
    pub fn since(&self) -> watch::Receiver<Option<Instant>> {
        self.since.subscribe()
    }

    async fn open(&mut self) -> Result<(), Error> {
        let session = self.opened().await.map_err(|error| {
            Error::Unreachable(DataError::Connection(DbErr::Custom(error.to_string())))
        })?;
        self.session = Some(session);
        self.since.send_replace(Some(Instant::now()));
        Ok(())
    }

    /// Waits for the next thing to hear. A session that is lost is opened again, for as long as it
    /// takes; what is announced meanwhile is missed, so whoever listens has to look by themselves now
    /// and then. Dropping the wait may lose an announcement.
    pub async fn hear(&mut self) -> Heard {
        loop {
            if let Some(session) = &mut self.session {
                if let Some(channel) = announced(session).await {
                    return Heard::Announced(channel);
                }
                self.session = None;
                self.since.send_replace(None);
                tracing::warn!("the session that hears of other processes was lost");
            }
            match self.open().await {
                Ok(()) => return Heard::Reopened,
                Err(error) => {
                    tracing::debug!(%error, "no session to listen on");
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    }

    async fn opened(&self) -> Result<PgListener, sqlx::Error> {
        let mut session = PgListener::connect_with(&self.pool).await?;
        session.eager_reconnect(false);
        // Waits, at most for a moment, while the server still holds the lock of the lost session.
        sqlx::query("SELECT pg_advisory_lock($1, hashtext($2))")
            .bind(PRESENCE)
            .bind(&self.name)
            .execute(&mut session)
            .await?;
        session.listen_all(self.channels.iter().copied()).await?;
        Ok(session)
    }
}
