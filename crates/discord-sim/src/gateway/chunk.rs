//! Op 8: members on request, in chunks.
//!
//! <https://discord.com/developers/docs/events/gateway-events#request-guild-members>

use serde_json::{Value, json};

use super::intents::{GUILD_MEMBERS, GUILD_PRESENCES};
use crate::history::Happening;
use crate::limits;
use crate::state::{Member, State};

/// How many members one chunk holds.
const CHUNK: usize = 1_000;

/// Which members are asked for.
enum Wanted {
    /// These, by id.
    Ids(Vec<u64>),
    /// So many whose name begins like this.
    Named(String, usize),
    All,
}

impl Wanted {
    fn parse(request: &Value) -> Result<Self, &'static str> {
        let ids: Vec<u64> = match &request["user_ids"] {
            Value::Null => {
                let query = request["query"]
                    .as_str()
                    .ok_or("neither query nor user_ids")?;
                let limit = request["limit"].as_u64().ok_or("a query without a limit")?;
                if query.is_empty() && limit == 0 {
                    return Ok(Self::All);
                }
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                let limit = match limit {
                    0 => limits::MEMBERS_ASKED,
                    limit => limit.min(limits::MEMBERS_ASKED),
                };
                return Ok(Self::Named(query.to_lowercase(), limit));
            }
            Value::Array(ids) => ids.iter().filter_map(id).collect(),
            one => id(one).into_iter().collect(),
        };
        if ids.len() > limits::MEMBERS_ASKED {
            return Err("more than 100 user_ids");
        }
        Ok(Self::Ids(ids))
    }
}

impl State {
    /// Answers a request for members to the session that made it. One that Discord would not
    /// answer is logged, so that whoever waits for it can find out why.
    pub(crate) fn request_members(&mut self, session_id: &str, request: &Value) {
        if let Err(why) = self.answer_members(session_id, request) {
            tracing::warn!(why, %request, "a request for members is not answered");
        }
    }

    fn answer_members(&mut self, session_id: &str, request: &Value) -> Result<(), &'static str> {
        let session = self.gateway.session_mut(session_id);
        let session = session.ok_or("the session is gone")?;
        let (intents, carries) = (
            session.intents,
            id(&request["guild_id"]).filter(|guild| session.carries(Some(*guild))),
        );
        let guild_id = carries.ok_or("not a guild of this shard")?;
        let wanted = Wanted::parse(request)?;
        if matches!(wanted, Wanted::All) && intents & GUILD_MEMBERS == 0 {
            return Err("all members need the intent for members");
        }
        let presences = request["presences"] == true;
        if presences && intents & GUILD_PRESENCES == 0 {
            return Err("presences need their intent");
        }
        let guild = self.guilds.get(&guild_id).ok_or("an unknown guild")?;
        let mut not_found = Vec::new();
        let members: Vec<&Member> = match &wanted {
            Wanted::All => guild.members.values().collect(),
            Wanted::Named(start, limit) => {
                let starts = |name: &str| name.to_lowercase().starts_with(start);
                let named = |member: &&Member| {
                    starts(&self.name_of(member.user_id))
                        || member.nick.as_deref().is_some_and(starts)
                };
                guild.members.values().filter(named).take(*limit).collect()
            }
            Wanted::Ids(ids) => {
                let (known, unknown): (Vec<u64>, Vec<u64>) =
                    ids.iter().partition(|id| guild.members.contains_key(id));
                not_found = unknown;
                known
                    .iter()
                    .filter_map(|id| guild.members.get(id))
                    .collect()
            }
        };
        let chunks: Vec<&[&Member]> = match members.chunks(CHUNK).collect::<Vec<_>>() {
            none if none.is_empty() => vec![&[]],
            chunks => chunks,
        };
        let nonce = request["nonce"]
            .as_str()
            .filter(|nonce| (1..=limits::CHUNK_NONCE_BYTES).contains(&nonce.len()));
        let events: Vec<Value> = (0..)
            .zip(&chunks)
            .map(|(index, chunk): (usize, _)| {
                let mut data = json!({
                    "guild_id": guild_id.to_string(),
                    "members": chunk.iter().map(|member| self.member_json(member)).collect::<Vec<_>>(),
                    "chunk_index": index,
                    "chunk_count": chunks.len(),
                    "not_found": not_found.iter().map(u64::to_string).collect::<Vec<_>>(),
                });
                if presences {
                    let online = chunk.iter().filter_map(|member| {
                        let presence = self.presences.get(&member.user_id)?;
                        Some(presence.json(guild_id, member.user_id))
                    });
                    data["presences"] = online.collect();
                }
                if let Some(nonce) = nonce {
                    data["nonce"] = json!(nonce);
                }
                data
            })
            .collect();
        for data in &events {
            self.checks.event("GUILD_MEMBERS_CHUNK", data);
            if let Some(session) = self.gateway.session_mut(session_id) {
                session.dispatch("GUILD_MEMBERS_CHUNK", data);
                self.gateway.dispatched += 1;
            }
        }
        self.note(Happening::Event("GUILD_MEMBERS_CHUNK"));
        Ok(())
    }
}

fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
