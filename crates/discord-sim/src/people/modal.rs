//! Filling in a form and sending it.

use serde_json::{Value, json};

use super::Standing;
use crate::refusal::Refusal;
use crate::shown::ShownKind;
use crate::state::State;

impl State {
    pub(super) fn submit(
        &mut self,
        standing: Standing,
        fields: &[(String, String)],
    ) -> Result<(), Refusal> {
        let names = || fields.iter().map(|(name, _)| name.clone()).collect();
        let mut newest_first = self.interactions.by_id.values().rev();
        let open = newest_first.find(|interaction| {
            let asked = interaction.asked;
            let here = asked.user == standing.user && asked.channel == standing.channel;
            here && interaction.modal.is_some()
        });
        let Some((opener, modal)) = open.and_then(|i| Some((i.id, i.modal.clone()?))) else {
            return Err(Refusal::NoForm {
                wanted: names(),
                known: Vec::new(),
            });
        };
        let source = open.and_then(|interaction| interaction.source);
        let inputs: Vec<&Value> = inputs(&modal).collect();
        let unknown = fields
            .iter()
            .any(|(name, _)| !inputs.iter().any(|i| named(i, name)));
        if unknown {
            let known = inputs
                .iter()
                .filter_map(|input| input["custom_id"].as_str());
            let known = known.map(str::to_owned).collect();
            return Err(Refusal::NoForm {
                wanted: names(),
                known,
            });
        }
        let mut rows = Vec::new();
        for input in inputs {
            let given = fields
                .iter()
                .find(|(name, _)| named(input, name))
                .map(|(_, v)| v.as_str());
            let value = given.or(input["value"].as_str()).unwrap_or_default();
            check(input, value)?;
            let field = json!({"type": 4, "custom_id": input["custom_id"], "value": value});
            rows.push(json!({"type": 1, "components": [field]}));
        }
        let data = json!({"custom_id": modal["custom_id"], "components": rows});
        if let Some(interaction) = self.interactions.by_id.get_mut(&opener) {
            interaction.modal = None;
        }
        let text: Vec<String> = fields
            .iter()
            .map(|(name, v)| format!("{name}: {v}"))
            .collect();
        self.show_use(ShownKind::Submit, standing, &text.join("\n"));
        self.ask(standing.asks(5), &data, source, None)?;
        Ok(())
    }
}

fn inputs(modal: &Value) -> impl Iterator<Item = &Value> {
    let rows = modal["components"].as_array().into_iter().flatten();
    rows.flat_map(|row| row["components"].as_array().into_iter().flatten())
}

fn named(input: &Value, name: &str) -> bool {
    let label = input["label"].as_str().unwrap_or_default();
    input["custom_id"] == name || label.eq_ignore_ascii_case(name)
}

/// Whether a field takes a value: it may be needed, and too short or too long.
fn check(input: &Value, value: &str) -> Result<(), Refusal> {
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
    Err(Refusal::BadValue {
        option: input["label"].as_str().unwrap_or_default().to_owned(),
        value: value.to_owned(),
        expected: format!("a text of {min} to {max} characters"),
    })
}
