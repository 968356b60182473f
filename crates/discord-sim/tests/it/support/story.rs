//! Short words for what the tests say often.

use discord_sim::{Act, Sim};
use futures_util::FutureExt;
use serde_json::{Value, json};

use super::Rest;

/// A person does something that must work.
pub(crate) fn act(sim: &Sim, act: &Act) {
    // It has happened as soon as it is asked for; nothing is awaited.
    let done = sim.perform(act).now_or_never();
    done.unwrap().unwrap();
}

/// Answers an interaction.
pub(crate) async fn respond(rest: &Rest, asked: &Value, body: Value) {
    rest.ok("POST", &callback(asked), body).await;
}

/// The path that answers an interaction.
pub(crate) fn callback(asked: &Value) -> String {
    let (id, token) = (text(&asked["id"]), text(&asked["token"]));
    format!("/interactions/{id}/{token}/callback")
}

/// A row with one button.
pub(crate) fn button(custom_id: &str, label: &str) -> Value {
    let button = json!({"type": 2, "style": 1, "custom_id": custom_id, "label": label});
    json!({"type": 1, "components": [button]})
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

pub(crate) fn id(id: Option<u64>) -> String {
    id.unwrap().to_string()
}
