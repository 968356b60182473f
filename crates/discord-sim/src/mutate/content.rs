//! What a message carries, as a request says it and as far as Discord allows.

use serde_json::Value;

use super::components::checked_components;
use super::embed::checked_embeds;
use crate::error::ApiError;
use crate::limits;
use crate::state::AllowedMentions;

/// The parts of a message that its author decides. Of an edit, only what is present changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    pub(crate) text: Option<String>,
    pub(crate) embeds: Option<Vec<Value>>,
    pub(crate) components: Option<Vec<Value>>,
    /// Files that stay, of an edit.
    pub(crate) kept: Option<Vec<Value>>,
    /// Files that came with the request.
    pub(crate) uploads: Vec<Value>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) nonce: Option<Value>,
    pub(crate) enforce_nonce: bool,
    pub(crate) reply_to: Option<u64>,
    pub(crate) reply_must_exist: bool,
    pub(crate) allowed: Option<AllowedMentions>,
}

impl Content {
    /// Reads and checks the body of a request.
    pub(crate) fn parse(body: &Value, uploads: Vec<Value>) -> Result<Self, ApiError> {
        let text = match body.get("content") {
            None => None,
            Some(Value::Null) => Some(String::new()),
            Some(Value::String(text)) => Some(text.trim().to_owned()),
            Some(_) => return Err(ApiError::required("content")),
        };
        if text
            .as_ref()
            .is_some_and(|text| text.chars().count() > limits::CONTENT)
        {
            return Err(ApiError::too_long("content", limits::CONTENT));
        }
        let reference = &body["message_reference"];
        if reference.is_object() && reference["message_id"].is_null() {
            return Err(ApiError::required("message_reference.message_id"));
        }
        let nonce = body.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
        if nonce
            .as_ref()
            .is_some_and(|n| !n.is_string() && !n.is_i64())
        {
            let message = "Could not interpret value as string.";
            return Err(ApiError::invalid("nonce", "STRING_TYPE_CONVERT", message));
        }
        let nonce_len = nonce
            .as_ref()
            .and_then(Value::as_str)
            .map_or(0, |n| n.chars().count());
        if nonce_len > limits::NONCE {
            return Err(ApiError::too_long("nonce", limits::NONCE));
        }
        Ok(Self {
            text,
            embeds: list(body, "embeds")?
                .map(|embeds| checked_embeds(&embeds))
                .transpose()?,
            components: list(body, "components")?
                .map(checked_components)
                .transpose()?,
            kept: list(body, "attachments")?,
            uploads,
            flags: body["flags"].as_u64().unwrap_or(0),
            tts: body["tts"].as_bool().unwrap_or(false),
            nonce,
            enforce_nonce: body["enforce_nonce"].as_bool().unwrap_or(false),
            reply_to: reference["message_id"]
                .as_str()
                .and_then(|id| id.parse().ok()),
            allowed: AllowedMentions::parse(&body["allowed_mentions"])?,
            reply_must_exist: reference["fail_if_not_exists"].as_bool().unwrap_or(true),
        })
    }

    /// Whether there is nothing that could be shown.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.as_ref().is_none_or(String::is_empty)
            && self.embeds.as_ref().is_none_or(Vec::is_empty)
            && self.components.as_ref().is_none_or(Vec::is_empty)
            && self.uploads.is_empty()
    }

    pub(crate) fn has_embeds(&self) -> bool {
        self.embeds
            .as_ref()
            .is_some_and(|embeds| !embeds.is_empty())
    }
}

/// A list of the body; null and absent mean the same to Discord only in new messages, where an
/// empty list has the same effect.
fn list(body: &Value, key: &str) -> Result<Option<Vec<Value>>, ApiError> {
    match body.get(key) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(Vec::new())),
        Some(Value::Array(items)) => Ok(Some(items.clone())),
        Some(_) => Err(ApiError::invalid(
            key,
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        )),
    }
}

/// The length of an optional text.
pub(super) fn length(path: &str, text: &Value, max: usize) -> Result<usize, ApiError> {
    let length = text.as_str().map_or(0, |text| text.chars().count());
    if length > max {
        Err(ApiError::too_long(path, max))
    } else {
        Ok(length)
    }
}
