//! Embeds, as far as Discord allows them: what it does not know is dropped, the rest is checked.

use serde_json::{Map, Value, json};

use super::content::length;
use crate::clock::parse_iso;
use crate::error::ApiError;
use crate::limits;

/// Checks the embeds of a message and gives them the form in which Discord answers them.
pub(super) fn checked_embeds(embeds: &[Value]) -> Result<Vec<Value>, ApiError> {
    if embeds.len() > limits::EMBEDS {
        return Err(ApiError::too_long("embeds", limits::EMBEDS));
    }
    let mut total = 0;
    let mut checked = Vec::new();
    for (index, embed) in embeds.iter().enumerate() {
        let (embed, length) = checked_embed(&format!("embeds.{index}"), embed)?;
        total += length;
        checked.push(embed);
    }
    if total > limits::EMBED_TOTAL {
        let message = format!("Embed size exceeds maximum size of {}", limits::EMBED_TOTAL);
        return Err(ApiError::invalid(
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
            message,
        ));
    }
    Ok(checked)
}

/// An embed in Discord's form, and how many characters it has.
fn checked_embed(path: &str, embed: &Value) -> Result<(Value, usize), ApiError> {
    let given = object(path, embed)?;
    let mut out = json!({"type": "rich"});
    let mut total = 0;
    for (key, max) in [
        ("title", limits::EMBED_TITLE),
        ("description", limits::EMBED_DESCRIPTION),
        ("url", limits::EMBED_URL),
    ] {
        if let Some(value) = present(given, key) {
            let length = text(&format!("{path}.{key}"), value, max)?;
            total += if key == "url" { 0 } else { length };
            out[key] = value.clone();
        }
    }
    if let Some(value) = present(given, "color") {
        let color = value.as_u64().filter(|c| *c <= u64::from(limits::COLOR));
        let Some(color) = color else {
            let message = format!("int value should be between 0 and {}.", limits::COLOR);
            let path = format!("{path}.color");
            return Err(ApiError::invalid(&path, "NUMBER_TYPE_MAX", message));
        };
        out["color"] = json!(color);
    }
    if let Some(value) = present(given, "timestamp") {
        if value.as_str().and_then(parse_iso).is_none() {
            let message = "Could not parse the date. Should be ISO8601.";
            let path = format!("{path}.timestamp");
            return Err(ApiError::invalid(&path, "DATE_TIME_TYPE_PARSE", message));
        }
        out["timestamp"] = value.clone();
    }
    for (key, name, max) in [
        ("footer", "text", limits::EMBED_FOOTER),
        ("author", "name", limits::EMBED_AUTHOR),
    ] {
        if let Some(value) = present(given, key) {
            let path = format!("{path}.{key}");
            let part = object(&path, value)?;
            let path = format!("{path}.{name}");
            let said = present(part, name).ok_or_else(|| ApiError::required(&path))?;
            total += text(&path, said, max)?;
            out[key] = strings(part, &[name, "url", "icon_url"]);
        }
    }
    for key in ["image", "thumbnail", "video"] {
        if let Some(value) = present(given, key) {
            let path = format!("{path}.{key}");
            let part = object(&path, value)?;
            if present(part, "url").and_then(Value::as_str).is_none() {
                return Err(ApiError::required(&format!("{path}.url")));
            }
            out[key] = strings(part, &["url"]);
        }
    }
    if let Some(value) = present(given, "fields") {
        let (fields, length) = checked_fields(&format!("{path}.fields"), value)?;
        total += length;
        out["fields"] = json!(fields);
    }
    Ok((out, total))
}

fn checked_fields(path: &str, fields: &Value) -> Result<(Vec<Value>, usize), ApiError> {
    let fields = fields.as_array().ok_or_else(|| {
        let message = "Only iterables may be used in a ListType";
        ApiError::invalid(path, "LIST_TYPE_CONVERT", message)
    })?;
    if fields.len() > limits::EMBED_FIELDS {
        return Err(ApiError::too_long(path, limits::EMBED_FIELDS));
    }
    let mut total = 0;
    let mut checked = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let path = format!("{path}.{index}");
        let given = object(&path, field)?;
        let mut out =
            json!({"inline": given.get("inline").and_then(Value::as_bool).unwrap_or(false)});
        for (key, max) in [
            ("name", limits::EMBED_FIELD_NAME),
            ("value", limits::EMBED_FIELD_VALUE),
        ] {
            let path = format!("{path}.{key}");
            let said = present(given, key).ok_or_else(|| ApiError::required(&path))?;
            let length = text(&path, said, max)?;
            if length == 0 {
                return Err(ApiError::required(&path));
            }
            total += length;
            out[key] = said.clone();
        }
        checked.push(out);
    }
    Ok((checked, total))
}

fn object<'a>(path: &str, value: &'a Value) -> Result<&'a Map<String, Value>, ApiError> {
    value.as_object().ok_or_else(|| {
        let message = "Only dictionaries may be used in a DictType";
        ApiError::invalid(path, "DICT_TYPE_CONVERT", message)
    })
}

/// A property that is there; null is absent.
fn present<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).filter(|value| !value.is_null())
}

/// The length of a text that must be one.
fn text(path: &str, value: &Value, max: usize) -> Result<usize, ApiError> {
    if !value.is_string() {
        let message = "Could not interpret value as string.";
        return Err(ApiError::invalid(path, "STRING_TYPE_CONVERT", message));
    }
    length(path, value, max)
}

/// Those of these properties that are texts.
fn strings(map: &Map<String, Value>, keys: &[&str]) -> Value {
    keys.iter()
        .filter_map(|key| {
            Some((
                (*key).to_owned(),
                map.get(*key).filter(|v| v.is_string())?.clone(),
            ))
        })
        .collect::<Map<String, Value>>()
        .into()
}
