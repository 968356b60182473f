//! Everything that is true at one moment. Plain data behind one lock, without any input or output.
//!
//! People and the bot change it through the same functions (`mutate`), so that a native action and
//! the bot's have the same effects. Each function that changes something also emits its events.

mod allowed_mentions;
pub(crate) mod audit;
mod build;
pub(crate) mod channel;
mod emoji;
mod guild;
mod invite;
mod lookup;
mod mentions;
mod presence;
mod thread;
mod user;
pub(crate) mod voice;
mod webhook;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub(crate) use allowed_mentions::AllowedMentions;
pub use audit::AuditEntry;
pub(crate) use channel::{Channel, Kind, Message};
pub(crate) use emoji::{Emoji, GuildEmoji};
pub(crate) use guild::{Ban, Guild, Member, Role};
pub(crate) use invite::Invite;
pub(crate) use mentions::Notified;
pub(crate) use presence::Presence;
pub use presence::Status;
pub(crate) use thread::Thread;
pub(crate) use user::User;
pub(crate) use voice::VoiceState;
pub(crate) use webhook::Webhook;

use crate::checks::Checks;
use crate::clock::SimClock;
use crate::fault::Faults;
use crate::gateway::Gateway;
use crate::history::Happening;
use crate::interaction::{Commands, Interactions};
use crate::rest::{Ledger, Limiter};
use crate::shown::Transcript;
use crate::sim::Work;
use crate::snowflake::Snowflakes;
use crate::traffic::{Traffic, Watcher};

/// A file that was uploaded.
#[derive(Clone, Debug)]
pub(crate) struct StoredFile {
    pub(crate) kind: String,
    pub(crate) bytes: Arc<[u8]>,
}

/// The whole of Discord, as far as it is imitated.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) clock: SimClock,
    pub(crate) ids: Snowflakes,
    pub(crate) application_id: u64,
    pub(crate) bot_id: u64,
    /// Where acts take place that name no guild.
    pub(crate) main_guild: u64,
    pub(crate) users: BTreeMap<u64, User>,
    /// Who has a name, in lower case; of several the first.
    pub(crate) names: HashMap<String, u64>,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    /// The guilds that are in an outage.
    pub(crate) outages: BTreeSet<u64>,
    /// Who is not offline.
    pub(crate) presences: BTreeMap<u64, Presence>,
    /// Who is in a voice channel, by guild and user.
    pub(crate) voice: BTreeMap<(u64, u64), VoiceState>,
    pub(crate) channels: BTreeMap<u64, Channel>,
    /// By channel, then by id, so that the last one is the newest.
    pub(crate) messages: BTreeMap<u64, BTreeMap<u64, Message>>,
    /// Which message a nonce of the bot's has already made, by channel and nonce.
    pub(crate) nonces: HashMap<(u64, String), u64>,
    pub(crate) webhooks: BTreeMap<u64, Webhook>,
    /// By code.
    pub(crate) invites: BTreeMap<String, Invite>,
    /// The content of uploaded files, by the path at which they are downloaded.
    pub(crate) files: BTreeMap<String, StoredFile>,
    pub(crate) commands: Commands,
    pub(crate) interactions: Interactions,
    pub(crate) gateway: Gateway,
    pub(crate) transcript: Transcript,
    pub(crate) faults: Faults,
    pub(crate) ledger: Ledger,
    pub(crate) limiter: Limiter,
    pub(crate) checks: Checks,
    pub(crate) watcher: Option<Watcher>,
    pub(crate) work: Option<Work>,
    pub(crate) history: Vec<Happening>,
    /// How much of what was shown a test has expected.
    pub(crate) expected: usize,
}

impl State {
    /// Tells of traffic to one who watches it.
    pub(crate) fn pass(&self, traffic: Traffic<'_>) {
        if let Some(Watcher(watcher)) = &self.watcher {
            watcher(traffic);
        }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}
