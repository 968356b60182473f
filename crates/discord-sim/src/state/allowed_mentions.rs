//! Whom a message may notify.
//!
//! The rules: <https://discord.com/developers/docs/resources/message#allowed-mentions-object>.

use serde_json::Value;

use crate::error::ApiError;
use crate::limits;

/// What a bot says of the mentions in a message. By default everyone whom the text mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AllowedMentions {
    pub(crate) everyone: bool,
    pub(crate) roles: Allowed,
    pub(crate) users: Allowed,
    pub(crate) replied_user: bool,
}

/// Which mentions of one kind count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// Every one in the text.
    All,
    /// Those of these ids alone.
    Only(Vec<u64>),
}

impl Default for AllowedMentions {
    fn default() -> Self {
        Self {
            everyone: true,
            roles: Allowed::All,
            users: Allowed::All,
            replied_user: true,
        }
    }
}

impl Allowed {
    pub(crate) fn takes(&self, id: u64) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(&id),
        }
    }
}

impl AllowedMentions {
    /// Reads what a request says; nothing for a request that says nothing.
    pub(crate) fn parse(value: &Value) -> Result<Option<Self>, ApiError> {
        if value.is_null() {
            return Ok(None);
        }
        let has = |kind: &str| {
            let mut kinds = value["parse"].as_array().into_iter().flatten();
            kinds.any(|given| given == kind)
        };
        let of = |kind: &str| -> Result<Allowed, ApiError> {
            let ids = value[kind].as_array().map_or(&[][..], Vec::as_slice);
            let path = format!("allowed_mentions.{kind}");
            if ids.len() > limits::ALLOWED_MENTIONS {
                return Err(ApiError::too_long(&path, limits::ALLOWED_MENTIONS));
            }
            match (has(kind), ids.is_empty()) {
                (true, true) => Ok(Allowed::All),
                (true, false) => {
                    let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
                    let message =
                        format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
                    Err(ApiError::invalid("allowed_mentions", code, message))
                }
                (false, _) => {
                    let id = |id: &Value| id.as_u64().or_else(|| id.as_str()?.parse().ok());
                    Ok(Allowed::Only(ids.iter().filter_map(id).collect()))
                }
            }
        };
        Ok(Some(Self {
            everyone: has("everyone"),
            roles: of("roles")?,
            users: of("users")?,
            replied_user: value["replied_user"].as_bool().unwrap_or(false),
        }))
    }
}
