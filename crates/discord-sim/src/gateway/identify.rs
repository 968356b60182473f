//! The start of a session, and its continuation.

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::intents::{DEFINED, GUILD_PRESENCES, GUILDS, PRIVILEGED};
use super::session::{Frame, Session};
use crate::state::State;

/// What comes of a RESUME.
#[derive(Debug)]
pub(crate) enum Resumed {
    /// The session of this name goes on.
    Session(String),
    /// There is no such session any more; the client identifies anew.
    Invalid,
    /// The connection is closed with this code.
    Refused(u16, &'static str),
}

impl State {
    /// IDENTIFY: READY, then one `GUILD_CREATE` for each guild of the shard. Answers the name of the
    /// session, or the code to close with.
    pub(crate) fn identify(
        &mut self,
        identify: &Value,
        token: &str,
        url: &str,
        connection: UnboundedSender<Frame>,
    ) -> Result<String, (u16, &'static str)> {
        if !names_token(identify, token) {
            return Err((4004, "Authentication failed."));
        }
        let shard = match &identify["shard"] {
            Value::Null => (0, 1),
            shard => match (shard[0].as_u64(), shard[1].as_u64()) {
                (Some(shard), Some(shards)) if shard < shards => (shard, shards),
                _ => return Err((4010, "Invalid shard.")),
            },
        };
        let intents = identify["intents"].as_u64().unwrap_or(u64::MAX);
        if intents & !DEFINED != 0 {
            return Err((4013, "Invalid intent(s)."));
        }
        if intents & PRIVILEGED & !self.gateway.options.privileged != 0 {
            return Err((4014, "Disallowed intent(s)."));
        }
        let large_threshold = identify["large_threshold"].as_u64().unwrap_or(50);
        let large_threshold = usize::try_from(large_threshold.clamp(50, 250)).unwrap_or(250);
        self.gateway.opened += 1;
        let id = format!("session-{}", self.gateway.opened);
        let mut session = Session::new(id.clone(), shard, intents, connection);
        let guilds: Vec<u64> = self
            .guilds
            .values()
            .filter(|guild| guild.members.contains_key(&self.bot_id))
            .map(|guild| guild.id)
            .filter(|id| session.carries(Some(*id)))
            .collect();
        let ready = self.ready_json(&session, &guilds, url);
        self.checks.event("READY", &ready);
        session.dispatch("READY", &ready);
        for guild in guilds.iter().filter_map(|id| self.guilds.get(id)) {
            if session.intents & GUILDS == 0 {
                break;
            }
            let mut data = self.guild_create_json(guild, large_threshold);
            if session.intents & GUILD_PRESENCES == 0 {
                // Discord tells only of the bot and of those in voice channels, however small the
                // guild, and GUILD_MEMBERS changes nothing of it:
                // https://github.com/discord/discord-api-docs/issues/3968
                let own = guild
                    .members
                    .get(&self.bot_id)
                    .map(|member| self.member_json(member));
                data["members"] = own.into_iter().collect();
            }
            self.checks.event("GUILD_CREATE", &data);
            session.dispatch("GUILD_CREATE", &data);
        }
        session.start_seq = session.seq;
        self.gateway.dispatched += session.seq;
        self.gateway.sessions.push(session);
        Ok(id)
    }

    /// RESUME: what was missed, then RESUMED.
    pub(crate) fn resume(
        &mut self,
        resume: &Value,
        token: &str,
        connection: UnboundedSender<Frame>,
    ) -> Resumed {
        if !names_token(resume, token) {
            return Resumed::Refused(4004, "Authentication failed.");
        }
        let now = self.now_ms();
        let mut sessions = self.gateway.sessions.iter_mut();
        let (Some(session), Some(seq)) = (
            sessions.find(|session| resume["session_id"] == session.id),
            resume["seq"].as_u64(),
        ) else {
            return Resumed::Invalid;
        };
        if seq > session.seq {
            return Resumed::Refused(4007, "Invalid seq.");
        }
        if session.resume(seq, connection, now) {
            Resumed::Session(session.id.clone())
        } else {
            Resumed::Invalid
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
}

/// Whether a payload carries the bot's token, with or without the prefix that REST wants.
fn names_token(payload: &Value, token: &str) -> bool {
    let given = payload["token"].as_str().unwrap_or_default();
    given.strip_prefix("Bot ").unwrap_or(given) == token
}
