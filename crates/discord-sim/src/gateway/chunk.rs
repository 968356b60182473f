//! Op 8: members on request, in chunks.

use serde_json::{Value, json};

use crate::state::State;

/// How many members one chunk holds.
const CHUNK: usize = 1_000;

impl State {
    /// Answers a request for members to the session that made it.
    pub(crate) fn request_members(&mut self, session_id: &str, request: &Value) {
        let Some(guild) = id(&request["guild_id"]).and_then(|id| self.guilds.get(&id)) else {
            return;
        };
        let asked: Vec<u64> = match &request["user_ids"] {
            Value::Array(ids) => ids.iter().filter_map(id).collect(),
            other => id(other).into_iter().collect(),
        };
        let by_id = !request["user_ids"].is_null();
        let query = request["query"].as_str().unwrap_or_default().to_lowercase();
        let limit = match request["limit"].as_u64() {
            Some(0) | None => usize::MAX,
            Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX),
        };
        let wanted = |user: u64, nick: Option<&String>| {
            if by_id {
                return asked.contains(&user);
            }
            let starts = |name: &str| name.to_lowercase().starts_with(&query);
            starts(&self.name_of(user)) || nick.is_some_and(|nick| starts(nick))
        };
        let members: Vec<Value> = guild
            .members
            .values()
            .filter(|member| wanted(member.user_id, member.nick.as_ref()))
            .take(limit)
            .map(|member| self.member_json(member))
            .collect();
        let missing = asked
            .iter()
            .filter(|user| !guild.members.contains_key(user));
        let not_found: Vec<_> = missing.map(u64::to_string).collect();
        let guild_id = guild.id.to_string();
        let mut chunks: Vec<&[Value]> = members.chunks(CHUNK).collect();
        if chunks.is_empty() {
            chunks.push(&[]);
        }
        let sessions = &mut self.gateway.sessions;
        let Some(session) = sessions.iter_mut().find(|session| session.id == session_id) else {
            return;
        };
        let count = chunks.len();
        for (index, members) in chunks.into_iter().enumerate() {
            let mut data = json!({
                "guild_id": guild_id,
                "members": members,
                "chunk_index": index,
                "chunk_count": count,
                "not_found": not_found,
            });
            if let Some(nonce) = request["nonce"].as_str().filter(|nonce| !nonce.is_empty()) {
                data["nonce"] = json!(nonce);
            }
            self.checks.event("GUILD_MEMBERS_CHUNK", &data);
            session.dispatch("GUILD_MEMBERS_CHUNK", &data);
            self.gateway.dispatched += 1;
        }
    }
}

fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
