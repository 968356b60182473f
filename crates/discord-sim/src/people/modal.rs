//! Filling in a form and sending it.

use serde_json::{Value, json};

use super::Standing;
use crate::interaction::form::{Field, ROW};
use crate::refusal::Refusal;
use crate::shown::ShownKind;
use crate::state::State;
use crate::words;

impl State {
    pub(super) fn submit(
        &mut self,
        standing: Standing,
        given: &[(String, String)],
    ) -> Result<(), Refusal> {
        let no_form = |known: Vec<String>| Refusal::NoForm {
            wanted: given.iter().map(|(name, _)| name.clone()).collect(),
            known,
        };
        let mut newest_first = self.interactions.by_id.values().rev();
        let open = newest_first.find(|interaction| {
            let asked = interaction.asked;
            let here = asked.user == standing.user && asked.channel == standing.channel;
            here && interaction.modal.is_some()
        });
        let Some((opener, modal)) = open.and_then(|i| Some((i.id, i.modal.clone()?))) else {
            return Err(no_form(Vec::new()));
        };
        let source = open.and_then(|interaction| interaction.source);
        let known = |name: &String| Field::all(&modal).any(|field| field.is_named(name));
        if !given.iter().all(|(name, _)| known(name)) {
            let ids = Field::all(&modal).filter_map(|field| field.component["custom_id"].as_str());
            return Err(no_form(ids.map(str::to_owned).collect()));
        }
        let guild = self.channel(standing.channel)?.guild();
        let mut resolved = json!({});
        let mut parts = Vec::new();
        for part in modal["components"].as_array().into_iter().flatten() {
            let Some(field) = Field::of(part) else {
                parts.push(json!({"type": part["type"]}));
                continue;
            };
            let value = given.iter().find(|(name, _)| field.is_named(name));
            let value = value.map(|(_, value)| value.as_str());
            let filled = self.filled(guild, field, value, &mut resolved)?;
            parts.push(if part["type"] == ROW {
                json!({"type": ROW, "components": [filled]})
            } else {
                json!({"type": part["type"], "component": filled})
            });
        }
        let mut data = json!({"custom_id": modal["custom_id"], "components": parts});
        if resolved != json!({}) {
            data["resolved"] = resolved;
        }
        if let Some(interaction) = self.interactions.by_id.get_mut(&opener) {
            interaction.modal = None;
        }
        let text: Vec<String> = given
            .iter()
            .map(|(name, v)| format!("{name}: {v}"))
            .collect();
        self.show_use(ShownKind::Submit, standing, &text.join("\n"));
        self.ask(standing.asks(5), &data, source, None)?;
        Ok(())
    }

    /// A field with what was written or chosen in it, when it takes that.
    fn filled(
        &self,
        guild: Option<u64>,
        field: Field<'_>,
        given: Option<&str>,
        resolved: &mut Value,
    ) -> Result<Value, Refusal> {
        let component = field.component;
        let mut filled = json!({"type": component["type"], "custom_id": component["custom_id"]});
        match field.kind() {
            4 => {
                let value = given.or(component["value"].as_str()).unwrap_or_default();
                check_text(field, value)?;
                filled["value"] = json!(value);
            }
            23 => {
                let default = component["default"].as_bool().unwrap_or(false);
                let yes = given.map_or(Some(default), |text| text.parse().ok());
                filled["value"] =
                    json!(yes.ok_or_else(|| refused(field, given, "true or false"))?);
            }
            kind => {
                let wanted = given.map(|text| words::split(text, ','));
                let wanted = wanted.unwrap_or_else(|| Some(Vec::new()));
                let wanted = wanted.ok_or_else(|| refused(field, given, "closed quotes"))?;
                let wanted = wanted.iter().map(|word| word.trim().to_owned());
                let wanted: Vec<String> = wanted.filter(|word| !word.is_empty()).collect();
                let needed = component["required"].as_bool().unwrap_or(true);
                let values = if wanted.is_empty() && !needed {
                    Some(Vec::new())
                } else {
                    self.menu_values(guild, component, &wanted, resolved)
                };
                let expected = "what it offers, as many as it takes";
                let values = values.ok_or_else(|| refused(field, given, expected))?;
                // Of a radio group one is chosen at most.
                if kind == 21 {
                    filled["value"] = values.into_iter().next().unwrap_or(Value::Null);
                } else {
                    filled["values"] = json!(values);
                }
            }
        }
        Ok(filled)
    }
}

/// Whether a field takes a text: it may be needed, and too short or too long.
fn check_text(field: Field<'_>, value: &str) -> Result<(), Refusal> {
    let input = field.component;
    let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
    let needed = input["required"].as_bool().unwrap_or(true);
    let min = input["min_length"]
        .as_u64()
        .unwrap_or(0)
        .max(u64::from(needed));
    let max = input["max_length"].as_u64().unwrap_or(4_000);
    if length <= max && (length >= min || (!needed && length == 0)) {
        return Ok(());
    }
    let expected = format!("a text of {min} to {max} characters");
    Err(refused(field, Some(value), &expected))
}

fn refused(field: Field<'_>, given: Option<&str>, expected: &str) -> Refusal {
    Refusal::BadValue {
        option: field.label.to_owned(),
        value: given.unwrap_or_default().to_owned(),
        expected: expected.to_owned(),
    }
}
