//! What a message carries, as a request says it and as far as Discord allows.

use serde_json::{Value, json};

use super::components::checked_components;
use crate::error::ApiError;
use crate::limits;

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
        let nonce = body.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
        let nonce_len = nonce
            .as_ref()
            .and_then(Value::as_str)
            .map_or(0, |n| n.chars().count());
        if nonce_len > limits::NONCE {
            return Err(ApiError::too_long("nonce", limits::NONCE));
        }
        Ok(Self {
            text,
            embeds: list(body, "embeds")?.map(checked_embeds).transpose()?,
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

fn checked_embeds(mut embeds: Vec<Value>) -> Result<Vec<Value>, ApiError> {
    if embeds.len() > limits::EMBEDS {
        return Err(ApiError::too_long("embeds", limits::EMBEDS));
    }
    let mut total = 0;
    for (index, embed) in embeds.iter_mut().enumerate() {
        total += embed_length(&format!("embeds.{index}"), embed)?;
        embed["type"] = json!("rich");
        let fields = embed.get_mut("fields").and_then(Value::as_array_mut);
        let fields = fields.into_iter().flatten();
        for field in fields.filter(|field| field["inline"].is_null()) {
            field["inline"] = json!(false);
        }
    }
    if total > limits::EMBED_TOTAL {
        let message = format!("Embed size exceeds maximum size of {}", limits::EMBED_TOTAL);
        return Err(ApiError::invalid(
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
            message,
        ));
    }
    Ok(embeds)
}

/// How many characters an embed has, when no part of it has too many.
fn embed_length(path: &str, embed: &Value) -> Result<usize, ApiError> {
    if !embed.is_object() {
        return Err(ApiError::required(path));
    }
    let mut total = 0;
    for (key, text, max) in [
        ("title", &embed["title"], limits::EMBED_TITLE),
        (
            "description",
            &embed["description"],
            limits::EMBED_DESCRIPTION,
        ),
        (
            "footer.text",
            &embed["footer"]["text"],
            limits::EMBED_FOOTER,
        ),
        (
            "author.name",
            &embed["author"]["name"],
            limits::EMBED_AUTHOR,
        ),
    ] {
        total += length(&format!("{path}.{key}"), text, max)?;
    }
    let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
    if fields.len() > limits::EMBED_FIELDS {
        return Err(ApiError::too_long(
            &format!("{path}.fields"),
            limits::EMBED_FIELDS,
        ));
    }
    for (index, field) in fields.iter().enumerate() {
        for (key, max) in [
            ("name", limits::EMBED_FIELD_NAME),
            ("value", limits::EMBED_FIELD_VALUE),
        ] {
            let path = format!("{path}.fields.{index}.{key}");
            let length = length(&path, &field[key], max)?;
            if length == 0 {
                return Err(ApiError::required(&path));
            }
            total += length;
        }
    }
    Ok(total)
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
