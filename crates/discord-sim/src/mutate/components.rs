//! Buttons and menus, as far as Discord allows them.

use serde_json::{Value, json};

use super::content::length;
use crate::error::ApiError;
use crate::limits;

/// A button that opens a page instead of telling the bot.
const LINK: u64 = 5;

/// Checks the rows of a message and numbers what is in them, as Discord does.
pub(super) fn checked_components(mut rows: Vec<Value>) -> Result<Vec<Value>, ApiError> {
    if rows.len() > limits::ROWS {
        return Err(ApiError::too_long("components", limits::ROWS));
    }
    let mut ids = 1_u64..;
    let mut seen: Vec<String> = Vec::new();
    for (index, row) in rows.iter_mut().enumerate() {
        let path = format!("components.{index}");
        if row["type"] != 1 {
            let message = "Value of field \"type\" must be one of (1,).";
            return Err(ApiError::invalid(
                &format!("{path}.type"),
                "UNION_TYPE_CHOICES",
                message,
            ));
        }
        row["id"] = json!(ids.next());
        let items = row["components"]
            .as_array_mut()
            .map_or(&mut [][..], Vec::as_mut_slice);
        let max = if items.iter().all(|item| item["type"] == 2) {
            limits::BUTTONS_PER_ROW
        } else {
            1
        };
        if items.is_empty() || items.len() > max {
            let message = format!("Must be between 1 and {max} in length.");
            let path = format!("{path}.components");
            return Err(ApiError::invalid(&path, "BASE_TYPE_BAD_LENGTH", message));
        }
        for (index, item) in items.iter_mut().enumerate() {
            let path = format!("{path}.components.{index}");
            check_component(&path, item)?;
            complete(item, ids.next());
            let Some(custom_id) = item["custom_id"].as_str() else {
                continue;
            };
            if seen.iter().any(|known| known == custom_id) {
                let message = "Component custom id cannot be duplicated";
                let path = format!("{path}.custom_id");
                return Err(ApiError::invalid(
                    &path,
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    message,
                ));
            }
            seen.push(custom_id.to_owned());
        }
    }
    Ok(rows)
}

/// Adds to a component what Discord adds.
fn complete(component: &mut Value, id: Option<u64>) {
    component["id"] = json!(id);
    if component["type"] != 2 {
        for key in ["min_values", "max_values"] {
            component[key] = json!(component[key].as_u64().unwrap_or(1));
        }
    }
}

fn check_component(path: &str, item: &Value) -> Result<(), ApiError> {
    let link = item["type"] == 2 && item["style"] == LINK;
    let id_length = length(
        &format!("{path}.custom_id"),
        &item["custom_id"],
        limits::CUSTOM_ID,
    )?;
    if !link && id_length == 0 {
        return Err(ApiError::required(&format!("{path}.custom_id")));
    }
    match item["type"].as_u64() {
        Some(2) => {
            length(&format!("{path}.label"), &item["label"], limits::LABEL)?;
            if item["label"].as_str().is_none_or(str::is_empty) && item["emoji"].is_null() {
                return Err(ApiError::required(&format!("{path}.label")));
            }
            if link && item["url"].as_str().is_none_or(str::is_empty) {
                return Err(ApiError::required(&format!("{path}.url")));
            }
            Ok(())
        }
        Some(kind @ (3 | 5..=8)) => {
            length(
                &format!("{path}.placeholder"),
                &item["placeholder"],
                limits::PLACEHOLDER,
            )?;
            if kind == 3 {
                check_options(path, item)
            } else {
                Ok(())
            }
        }
        _ => {
            let message = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
            Err(ApiError::invalid(
                &format!("{path}.type"),
                "UNION_TYPE_CHOICES",
                message,
            ))
        }
    }
}

fn check_options(path: &str, select: &Value) -> Result<(), ApiError> {
    let options = select["options"].as_array().map_or(&[][..], Vec::as_slice);
    let path = format!("{path}.options");
    if options.is_empty() || options.len() > limits::SELECT_OPTIONS {
        let message = format!(
            "Must be between 1 and {} in length.",
            limits::SELECT_OPTIONS
        );
        return Err(ApiError::invalid(&path, "BASE_TYPE_BAD_LENGTH", message));
    }
    for (index, option) in options.iter().enumerate() {
        for key in ["label", "value"] {
            let path = format!("{path}.{index}.{key}");
            if length(&path, &option[key], limits::SELECT_TEXT)? == 0 {
                return Err(ApiError::required(&path));
            }
        }
        let path = format!("{path}.{index}.description");
        length(&path, &option["description"], limits::SELECT_TEXT)?;
        let value = &option["value"];
        if options[..index]
            .iter()
            .any(|other| other["value"] == *value)
        {
            let message = "The specified option value is already used";
            return Err(ApiError::invalid(
                &path,
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                message,
            ));
        }
    }
    Ok(())
}
