//! The fields of a form (a modal): what they are, and what they may be.
//!
//! The kinds: <https://discord.com/developers/docs/components/reference>.

use serde_json::Value;

use crate::error::ApiError;
use crate::limits;

/// A row with one text field, the form of before.
pub(crate) const ROW: u64 = 1;
/// A text that is only read.
pub(crate) const TEXT_DISPLAY: u64 = 10;
/// A label with a component.
pub(crate) const LABEL: u64 = 18;

/// A component that is filled in, and the label beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) label: &'a str,
    pub(crate) component: &'a Value,
}

impl<'a> Field<'a> {
    /// The field of a row or a label; nothing for a text that is only read.
    pub(crate) fn of(part: &'a Value) -> Option<Self> {
        let (component, label) = match part["type"].as_u64()? {
            ROW => (&part["components"][0], &part["components"][0]["label"]),
            LABEL => (&part["component"], &part["label"]),
            _ => return None,
        };
        Some(Self {
            label: label.as_str().unwrap_or_default(),
            component,
        })
    }

    /// The fields of a form, in order.
    pub(crate) fn all(form: &'a Value) -> impl Iterator<Item = Self> {
        let parts = form["components"].as_array().into_iter().flatten();
        parts.filter_map(Self::of)
    }

    pub(crate) fn kind(self) -> u64 {
        self.component["type"].as_u64().unwrap_or(0)
    }

    /// Whether the field goes by this custom id or label.
    pub(crate) fn is_named(self, name: &str) -> bool {
        self.component["custom_id"] == name || self.label.eq_ignore_ascii_case(name)
    }
}

/// Checks a form as Discord does when a bot opens one.
pub(crate) fn check(form: &Value) -> Result<(), ApiError> {
    sized("data.title", &form["title"], 1, limits::MODAL_TITLE)?;
    sized("data.custom_id", &form["custom_id"], 1, limits::CUSTOM_ID)?;
    let parts = form["components"].as_array().map_or(&[][..], Vec::as_slice);
    if parts.is_empty() || parts.len() > limits::ROWS {
        let message = format!("Must be between 1 and {} in length.", limits::ROWS);
        let path = "data.components";
        return Err(ApiError::invalid(path, "BASE_TYPE_BAD_LENGTH", message));
    }
    let mut seen: Vec<&str> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let path = format!("data.components.{index}");
        let (inner, kinds): (String, &[u64]) = match part["type"].as_u64() {
            Some(ROW) => (format!("{path}.components.0"), &[4]),
            Some(LABEL) => {
                sized(
                    &format!("{path}.label"),
                    &part["label"],
                    1,
                    limits::MODAL_TITLE,
                )?;
                let description = format!("{path}.description");
                sized(
                    &description,
                    &part["description"],
                    0,
                    limits::LABEL_DESCRIPTION,
                )?;
                (
                    format!("{path}.component"),
                    &[3, 4, 5, 6, 7, 8, 19, 21, 22, 23],
                )
            }
            Some(TEXT_DISPLAY) => {
                sized(
                    &format!("{path}.content"),
                    &part["content"],
                    1,
                    limits::TEXT_INPUT,
                )?;
                continue;
            }
            _ => return Err(wrong_type(&path, &[ROW, TEXT_DISPLAY, LABEL])),
        };
        let Some(field) = Field::of(part).filter(|field| kinds.contains(&field.kind())) else {
            return Err(wrong_type(&inner, kinds));
        };
        check_field(&inner, field)?;
        let id = field.component["custom_id"].as_str().unwrap_or_default();
        if seen.contains(&id) {
            let message = "Component custom id cannot be duplicated";
            let path = format!("{inner}.custom_id");
            let code = "COMPONENT_CUSTOM_ID_DUPLICATED";
            return Err(ApiError::invalid(&path, code, message));
        }
        seen.push(id);
    }
    Ok(())
}

fn check_field(path: &str, field: Field<'_>) -> Result<(), ApiError> {
    let component = field.component;
    let at = |key: &str| format!("{path}.{key}");
    sized(
        &at("custom_id"),
        &component["custom_id"],
        1,
        limits::CUSTOM_ID,
    )?;
    let options = component["options"].as_array().map_or(0, Vec::len);
    let (min, max) = match field.kind() {
        3 => (1, limits::SELECT_OPTIONS),
        21 => (2, limits::GROUP_OPTIONS),
        22 => (1, limits::GROUP_OPTIONS),
        4 => {
            sized(&at("label"), &component["label"], 0, limits::MODAL_TITLE)?;
            return sized(&at("value"), &component["value"], 0, limits::TEXT_INPUT);
        }
        _ => return Ok(()),
    };
    if (min..=max).contains(&options) {
        return Ok(());
    }
    let message = format!("Must be between {min} and {max} in length.");
    Err(ApiError::invalid(
        &at("options"),
        "BASE_TYPE_BAD_LENGTH",
        message,
    ))
}

/// A text of at least and at most so many characters; none is an empty one.
fn sized(path: &str, text: &Value, min: usize, max: usize) -> Result<(), ApiError> {
    let length = text.as_str().map_or(0, |text| text.chars().count());
    if length > max {
        Err(ApiError::too_long(path, max))
    } else if length < min {
        Err(ApiError::required(path))
    } else {
        Ok(())
    }
}

fn wrong_type(path: &str, kinds: &[u64]) -> ApiError {
    let kinds: Vec<String> = kinds.iter().map(u64::to_string).collect();
    let message = format!(
        "Value of field \"type\" must be one of ({}).",
        kinds.join(", ")
    );
    ApiError::invalid(&format!("{path}.type"), "UNION_TYPE_CHOICES", message)
}
