//! Looking at the world.

use tokio::sync::broadcast;

use super::Sim;
use crate::clock::SimClock;
use crate::rest::Request;
use crate::shown::Shown;
use crate::state::AuditEntry;

impl Sim {
    /// The base of all requests: `http://127.0.0.1:PORT`. REST lies below `/api/v10`.
    pub fn url(&self) -> String {
        self.shared.url()
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The port with TLS, when there is one.
    #[cfg(feature = "tls")]
    pub fn tls(&self) -> Option<&crate::tls::TlsPort> {
        self.tls.as_ref()
    }

    /// The bot token that is accepted.
    pub fn token(&self) -> &str {
        self.shared.token()
    }

    /// The id of the bot's application.
    pub fn application_id(&self) -> u64 {
        self.shared.lock().application_id
    }

    /// The id of the bot's user. As with every application made since 2016, it is the application's.
    pub fn bot_id(&self) -> u64 {
        self.shared.lock().bot_id
    }

    /// The id of the first guild; 0 in a world without one.
    pub fn guild_id(&self) -> u64 {
        self.shared.lock().main_guild
    }

    /// Discord's clock.
    pub fn clock(&self) -> &SimClock {
        &self.clock
    }

    /// The id of a person or of the bot.
    pub fn user_id(&self, person: &str) -> Option<u64> {
        self.shared.lock().user_named(person)
    }

    /// The name of a person or of the bot.
    pub fn user_name(&self, id: u64) -> Option<String> {
        let state = self.shared.lock();
        state.users.get(&id).map(|user| user.name.clone())
    }

    /// The id of a text channel, in the first guild before the others.
    pub fn channel_id(&self, name: &str) -> Option<u64> {
        self.shared.lock().channel_named(name)
    }

    /// The id of the guild that a text channel is in.
    pub fn channel_guild(&self, name: &str) -> Option<u64> {
        let state = self.shared.lock();
        let channel = state.channel_named(name)?;
        state.channel(channel).ok()?.guild()
    }

    /// The id of a role, in the first guild before the others.
    pub fn role_id(&self, name: &str) -> Option<u64> {
        self.shared.lock().role_named(name).map(|(_, role)| role)
    }

    /// Everything that Discord would have shown, in order, from an index on.
    pub fn shown(&self, from: usize) -> Vec<Shown> {
        self.shared
            .lock()
            .transcript
            .all
            .get(from..)
            .unwrap_or_default()
            .to_vec()
    }

    /// What Discord shows from now on. One who falls far behind misses some, and is told so.
    pub fn subscribe(&self) -> broadcast::Receiver<Shown> {
        self.shared.lock().transcript.live.subscribe()
    }

    /// Who is banned from the first guild, in the order of ids.
    pub fn bans(&self) -> Vec<u64> {
        let state = self.shared.lock();
        let guild = state.guilds.get(&state.main_guild);
        guild
            .map(|guild| guild.bans.keys().copied().collect())
            .unwrap_or_default()
    }

    /// When a member's timeout ends, in unix milliseconds; nothing when none is running.
    pub fn timeout_until(&self, user: u64) -> Option<i64> {
        let state = self.shared.lock();
        let until = state.member(state.main_guild, user).ok()?.timeout_ms;
        until.filter(|until| *until > state.now_ms())
    }

    /// Whether a user is in the first guild.
    pub fn is_member(&self, user: u64) -> bool {
        let state = self.shared.lock();
        state.member(state.main_guild, user).is_ok()
    }

    /// The first guild's audit log, oldest first.
    pub fn audit_log(&self) -> Vec<AuditEntry> {
        let state = self.shared.lock();
        state
            .guilds
            .get(&state.main_guild)
            .map(|guild| guild.audit.clone())
            .unwrap_or_default()
    }

    /// Every request so far, in the order in which they came.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.lock().ledger.requests.clone()
    }

    /// Everything that happened, a line each and in order: what people did and saw, what the bot was
    /// told (`<`) and asked (`>`), and what went wrong on purpose (`!`).
    pub fn transcript(&self) -> String {
        self.shared.lock().transcript_text()
    }

    /// The routes that were asked for and do not exist here: `GET /voice/regions`.
    pub fn unimplemented(&self) -> Vec<String> {
        self.shared.lock().ledger.unimplemented.clone()
    }
}
