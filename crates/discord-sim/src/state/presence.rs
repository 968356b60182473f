//! Who is online, and what they are doing.

use serde_json::{Value, json};

/// Whether someone is at their client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// At the client.
    Online,
    /// Away from it.
    Idle,
    /// Not to be disturbed.
    Dnd,
    /// Not there, or not showing it.
    #[default]
    Offline,
}

impl Status {
    /// What a client may say of itself; invisible looks like offline to all others.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "online" => Self::Online,
            "idle" => Self::Idle,
            "dnd" => Self::Dnd,
            "offline" | "invisible" => Self::Offline,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Idle => "idle",
            Self::Dnd => "dnd",
            Self::Offline => "offline",
        }
    }
}

/// A presence, as others see it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Presence {
    pub(crate) status: Status,
    /// As the client sent them.
    pub(crate) activities: Vec<Value>,
}

impl Presence {
    /// `PRESENCE_UPDATE`, and an entry of `presences` in other events.
    pub(crate) fn json(&self, guild: u64, user: u64) -> Value {
        let status = self.status.name();
        let clients = match self.status {
            Status::Offline => json!({}),
            _ => json!({"desktop": status}),
        };
        json!({
            "user": {"id": user.to_string()},
            "guild_id": guild.to_string(),
            "status": status,
            "activities": self.activities,
            "client_status": clients,
        })
    }
}
