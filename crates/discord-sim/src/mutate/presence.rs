//! Presences: what people and the bot say of themselves.

use serde_json::{Value, json};

use crate::state::{Presence, State, Status};

impl State {
    /// What the bot says of itself in IDENTIFY, where others learn of it only at their own start.
    /// Without a word it is online.
    pub(crate) fn begin_presence(&mut self, given: &Value) {
        let presence = parse(given, self.now_ms()).unwrap_or(Presence {
            status: Status::Online,
            activities: Vec::new(),
        });
        self.keep_presence(self.bot_id, presence);
    }

    /// Op 3. Answers whether it could be understood.
    pub(crate) fn change_presence(&mut self, given: &Value) -> bool {
        let Some(presence) = parse(given, self.now_ms()) else {
            return false;
        };
        self.set_presence(self.bot_id, presence);
        true
    }

    /// Tells every guild of a presence that has changed.
    pub(crate) fn set_presence(&mut self, user: u64, presence: Presence) {
        let with = self.guilds.values();
        let guilds: Vec<u64> = with
            .filter(|guild| guild.members.contains_key(&user))
            .map(|guild| guild.id)
            .collect();
        for guild in guilds {
            self.emit_in_guild("PRESENCE_UPDATE", guild, presence.json(guild, user));
        }
        self.keep_presence(user, presence);
    }

    fn keep_presence(&mut self, user: u64, presence: Presence) {
        if presence.status == Status::Offline {
            self.presences.remove(&user);
        } else {
            self.presences.insert(user, presence);
        }
    }
}

/// Reads `{"since", "activities", "status", "afk"}`, and adds what Discord adds.
fn parse(given: &Value, now_ms: i64) -> Option<Presence> {
    let status = Status::parse(given["status"].as_str()?)?;
    let mut activities = match &given["activities"] {
        Value::Array(activities) => activities.clone(),
        Value::Null => Vec::new(),
        _ => return None,
    };
    let named = |activity: &Value| activity["name"].is_string() && activity["type"].is_u64();
    if !activities.iter().all(named) {
        return None;
    }
    for (id, activity) in activities.iter_mut().enumerate() {
        activity["id"] = json!(id.to_string());
        activity["created_at"] = json!(now_ms);
    }
    Some(Presence { status, activities })
}
