//! Forms with every kind of field, and choices that are picked.

use discord_sim::{Refusal, Sim, What};
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, Rest, Wire, id, respond, sim};

async fn asked(sim: &Sim, rest: &Rest, wire: &mut Wire, command: &str) -> Value {
    let option = json!({
        "type": 4, "name": "number", "description": "which", "autocomplete": true,
    });
    let spec = json!([{"name": "case", "description": "A case", "options": [option]}]);
    let app = sim.application_id();
    rest.ok("PUT", &format!("/applications/{app}/commands"), spec)
        .await;
    sim.guild().member("alice").slash(command);
    wire.event("INTERACTION_CREATE").await
}

fn label(text: &str, component: impl Into<Value>) -> Value {
    let component = component.into();
    json!({"type": 18, "label": text, "component": component})
}

#[tokio::test]
async fn a_form_has_fields_of_every_kind() {
    let sim = sim().await;
    let (rest, mut wire) = (Rest::new(&sim), Wire::identified(&sim, ALL_INTENTS).await);
    let opener = asked(&sim, &rest, &mut wire, "case").await;
    let options = json!([{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]);
    let field = |kind: u8, name: &str| json!({"type": kind, "custom_id": name});
    let choice = |kind: u8, name: &str| json!({"type": kind, "custom_id": name, "options": options, "required": name != "spare"});
    let parts = json!([
        {"type": 10, "content": "Read this."},
        label("Who", field(5, "who")),
        label("Which", choice(21, "which")),
        label("Any", choice(22, "any")),
        label("Sure", field(23, "sure")),
    ]);
    let form = json!({"title": "Report", "custom_id": "form", "components": parts});
    respond(&rest, &opener, json!({"type": 9, "data": form})).await;
    let alice = sim.guild().member("alice");
    let wrong = vec![("Which".to_owned(), "Three".to_owned())];
    assert!(matches!(
        alice.tries(What::Submit(wrong)),
        Err(Refusal::BadValue { .. })
    ));
    alice.submits(&[
        ("Who", "@troll"),
        ("which", "Two"),
        ("any", "One, Two"),
        ("sure", "true"),
    ]);
    let sent = wire.event("INTERACTION_CREATE").await;
    let parts = sent["data"]["components"].as_array().unwrap();
    let filled: Vec<&Value> = parts[1..].iter().map(|part| &part["component"]).collect();
    let troll = id(sim.user_id("troll"));
    assert_eq!(filled[0]["values"], json!([troll]));
    assert_eq!(filled[1]["value"], "2");
    assert_eq!(filled[2]["values"], json!(["1", "2"]));
    assert_eq!(filled[3]["value"], true);
    assert_eq!(
        sent["data"]["resolved"]["users"][&troll]["username"],
        "troll"
    );
}

#[tokio::test]
async fn a_form_that_cannot_be_is_refused() {
    let sim = sim().await;
    let (rest, mut wire) = (Rest::new(&sim), Wire::identified(&sim, ALL_INTENTS).await);
    let opener = asked(&sim, &rest, &mut wire, "case").await;
    let input = json!({"type": 4, "custom_id": "a", "style": 1});
    for parts in [
        json!([]),
        json!([label("One", json!({"type": 2, "custom_id": "a"}))]),
        json!([label("", input.clone())]),
        json!([label("One", input.clone()), label("Two", input.clone())]),
        json!([label(
            "One",
            json!({"type": 21, "custom_id": "a", "options": []})
        )]),
        json!([{"type": 10, "content": ""}]),
        json!([{"type": 14}]),
    ] {
        let form = json!({"title": "Form", "custom_id": "form", "components": parts});
        let path = crate::support::callback(&opener);
        let (status, refusal) = rest
            .call("POST", &path, json!({"type": 9, "data": form}))
            .await;
        assert_eq!(
            (status, &refusal["code"]),
            (400, &json!(50035)),
            "{refusal}"
        );
    }
}

#[tokio::test]
async fn a_choice_that_was_offered_is_picked_by_its_name() {
    let sim = sim().await;
    let (rest, mut wire) = (Rest::new(&sim), Wire::identified(&sim, ALL_INTENTS).await);
    asked(&sim, &rest, &mut wire, "case").await;
    let alice = sim.guild().member("alice");
    alice.types("case number:1");
    let typed = wire.event("INTERACTION_CREATE").await;
    let choices = json!({"type": 8, "data": {"choices": [{"name": "12: spam", "value": 12}]}});
    respond(&rest, &typed, choices).await;
    alice.slash(r#"case number:"12: spam""#);
    let sent = wire.event("INTERACTION_CREATE").await;
    assert_eq!(sent["data"]["options"][0]["value"], 12);
    // Nobody else was offered it.
    let bobs = What::Slash(r#"case number:"12: spam""#.to_owned());
    assert!(sim.guild().member("bob").tries(bobs).is_err());
}
