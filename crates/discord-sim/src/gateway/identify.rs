//! The start of a session, and its continuation.

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::close::Close;
use super::intents::{DEFINED, GUILDS, PRIVILEGED};
use super::session::{Frame, Session};
use super::starts::Start;
use crate::history::Happening;
use crate::limits;
use crate::state::State;

/// What comes of an IDENTIFY or a RESUME.
#[derive(Debug)]
pub(crate) enum Begun {
    /// The session of this name begins, or goes on.
    Session(String),
    /// Op 9: there is no such session any more, or the client identified too early.
    Invalid,
    /// The connection is closed.
    Refused(Close),
}

impl State {
    /// IDENTIFY: READY, then one `GUILD_CREATE` for each guild of the shard.
    pub(crate) fn identify(
        &mut self,
        identify: &Value,
        token: &str,
        url: &str,
        connection: UnboundedSender<Frame>,
    ) -> Begun {
        if !self.names_token(identify, token) {
            return Begun::Refused(Close::AuthenticationFailed);
        }
        let Some(shard) = shard(&identify["shard"]) else {
            return Begun::Refused(Close::InvalidShard);
        };
        let intents = identify["intents"].as_u64().unwrap_or(u64::MAX);
        if intents & !DEFINED != 0 {
            return Begun::Refused(Close::InvalidIntents);
        }
        if intents & PRIVILEGED & !self.gateway.options.privileged != 0 {
            return Begun::Refused(Close::DisallowedIntents);
        }
        let now = self.now_ms();
        match self.gateway.starts.begin(shard.0, now) {
            Start::Granted => {}
            Start::TooEarly => return Begun::Invalid,
            Start::Spent => {
                self.gateway.close_all(Close::AuthenticationFailed.code());
                return Begun::Refused(Close::AuthenticationFailed);
            }
        }
        self.gateway.prune(now);
        let id = format!("session-{}", self.gateway.opened + 1);
        let mut session = Session::new(id.clone(), shard, intents, connection);
        let guilds: Vec<u64> = self
            .guilds
            .values()
            .filter(|guild| guild.members.contains_key(&self.bot_id))
            .map(|guild| guild.id)
            .filter(|id| session.carries(Some(*id)))
            .collect();
        if guilds.len() > limits::GUILDS_PER_SHARD {
            return Begun::Refused(Close::ShardingRequired);
        }
        let large_threshold = identify["large_threshold"].as_u64().unwrap_or(50);
        session.large_threshold = usize::try_from(large_threshold.clamp(50, 250)).unwrap_or(250);
        self.begin_presence(&identify["presence"]);
        let ready = self.ready_json(&session, &guilds, url);
        self.checks.event("READY", &ready);
        session.dispatch("READY", &ready);
        self.note(Happening::Event("READY"));
        if intents & GUILDS != 0 {
            for guild in guilds {
                self.tell_of_guild(&mut session, guild);
            }
        }
        session.start_seq = session.seq;
        self.gateway.opened += 1;
        self.gateway.dispatched += session.seq;
        self.gateway.sessions.push(session);
        Begun::Session(id)
    }

    /// RESUME: what was missed, then RESUMED.
    pub(crate) fn resume(
        &mut self,
        resume: &Value,
        token: &str,
        connection: UnboundedSender<Frame>,
    ) -> Begun {
        if !self.names_token(resume, token) {
            return Begun::Refused(Close::AuthenticationFailed);
        }
        let (now, again) = (self.now_ms(), self.gateway.faults.borrow().duplicates());
        let mut sessions = self.gateway.sessions.iter_mut();
        let (Some(session), Some(seq)) = (
            sessions.find(|session| resume["session_id"] == session.id),
            resume["seq"].as_u64(),
        ) else {
            return Begun::Invalid;
        };
        if seq > session.seq {
            session.forgotten = true;
            return Begun::Refused(Close::InvalidSeq);
        }
        if session.resume(seq, again, connection, now) {
            let id = session.id.clone();
            self.gateway.dispatched += 1;
            Begun::Session(id)
        } else {
            Begun::Invalid
        }
    }

    fn ready_json(&self, session: &Session, guilds: &[u64], url: &str) -> Value {
        let guild = |id: &u64| json!({"id": id.to_string(), "unavailable": true});
        json!({
            "v": 10,
            "user": self.current_user_json(),
            "guilds": guilds.iter().map(guild).collect::<Vec<_>>(),
            "session_id": session.id,
            "resume_gateway_url": url,
            "session_type": "normal",
            "shard": [session.shard.0, session.shard.1],
            "application": {
                "id": self.application_id.to_string(),
                "flags": self.application_flags(),
                "flags_new": self.application_flags().to_string(),
            },
            "private_channels": [],
            "presences": [],
            "relationships": [],
            "user_settings": {},
            "user_settings_proto": null,
            "geo_ordered_rtc_regions": [],
            "guild_join_requests": [],
            "game_relationships": [],
            "auth": {},
            "_trace": [],
        })
    }

    /// Whether a payload carries the bot's token, with or without the prefix that REST wants.
    fn names_token(&self, payload: &Value, token: &str) -> bool {
        let given = payload["token"].as_str().unwrap_or_default();
        !self.gateway.starts.token_lost && given.strip_prefix("Bot ").unwrap_or(given) == token
    }
}

/// The shard and how many there are; one of one when none is named.
fn shard(given: &Value) -> Option<(u64, u64)> {
    if given.is_null() {
        return Some((0, 1));
    }
    let (shard, shards) = (given[0].as_u64()?, given[1].as_u64()?);
    (shard < shards).then_some((shard, shards))
}
