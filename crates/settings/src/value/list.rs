//! Lists of Discord ids.

use super::Value;

impl Value for Vec<u64> {
    const EXPECTED: &'static str = "a list of Discord ids, separated by commas in the environment";

    fn from_text(text: &str) -> Option<Self> {
        text.split(',').map(|id| snowflake(id.trim())).collect()
    }

    fn from_toml(value: &toml::Value) -> Option<Self> {
        let id = |item: &toml::Value| match item {
            toml::Value::Integer(id) => u64::try_from(*id).ok().filter(|id| *id > 0),
            // Some tools cannot write whole numbers of this size.
            toml::Value::String(id) => snowflake(id),
            _ => None,
        };
        value.as_array()?.iter().map(id).collect()
    }

    fn to_toml(&self) -> Option<String> {
        let ids: Vec<String> = self.iter().map(u64::to_string).collect();
        Some(format!("[{}]", ids.join(", ")))
    }
}

/// Discord's ids are positive and fit a signed 64-bit number, as TOML's integers and the database's do.
fn snowflake(text: &str) -> Option<u64> {
    text.parse::<i64>()
        .ok()
        .filter(|id| *id > 0)?
        .try_into()
        .ok()
}
