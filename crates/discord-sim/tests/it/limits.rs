//! What is too long, too much or missing: refused with the place in the body where it stands.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{Strict, answer, button};

#[tokio::test]
async fn a_wrong_field_is_named_where_it_stands_in_the_body() {
    let place = Strict::new().await;
    let Strict {
        guild,
        general,
        app,
        ..
    } = &place;
    let messages = format!("{general}/messages");
    let member = format!("{guild}/members/{}", place.user("member"));
    let long = |length: usize| "x".repeat(length);
    let embed = |embed: Value| json!({"embeds": [embed]});
    let description = long(4_000);
    let command = |extra: Value| {
        let mut command = json!({"name": "a", "description": "b"});
        command
            .as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        json!([command])
    };
    let option = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "c", "required": required});
    for (field, method, path, body) in [
        (
            "content",
            "POST",
            messages.clone(),
            json!({"content": long(2_001)}),
        ),
        (
            "nonce",
            "POST",
            messages.clone(),
            json!({"content": "a", "nonce": long(26)}),
        ),
        (
            "embeds",
            "POST",
            messages.clone(),
            json!({"embeds": vec![json!({"title": "a"}); 11]}),
        ),
        (
            "embeds.0.title",
            "POST",
            messages.clone(),
            embed(json!({"title": long(257)})),
        ),
        (
            "embeds.0.description",
            "POST",
            messages.clone(),
            embed(json!({"description": long(4_097)})),
        ),
        (
            "embeds.0.footer.text",
            "POST",
            messages.clone(),
            embed(json!({"footer": {"text": long(2_049)}})),
        ),
        (
            "embeds.0.fields",
            "POST",
            messages.clone(),
            embed(json!({"fields": vec![json!({"name": "a", "value": "b"}); 26]})),
        ),
        (
            "embeds.0.fields.0.value",
            "POST",
            messages.clone(),
            embed(json!({"fields": [{"name": "a", "value": long(1_025)}]})),
        ),
        (
            "embeds.0.fields.0.name",
            "POST",
            messages.clone(),
            embed(json!({"fields": [{"name": "", "value": "b"}]})),
        ),
        (
            "embeds",
            "POST",
            messages.clone(),
            json!({"embeds": [{"description": description}, {"description": description}]}),
        ),
        (
            "components",
            "POST",
            messages.clone(),
            json!({"components": vec![button("a", "b"); 6]}),
        ),
        (
            "components.1.components.0.custom_id",
            "POST",
            messages.clone(),
            json!({"components": [button("a", "b"), button("a", "b")]}),
        ),
        (
            "components.0.components.0.label",
            "POST",
            messages.clone(),
            json!({"components": [button("a", &long(81))]}),
        ),
        (
            "components.0.components.0.custom_id",
            "POST",
            messages.clone(),
            json!({"components": [button(&long(101), "b")]}),
        ),
        (
            "message_reference",
            "POST",
            messages.clone(),
            json!({"content": "a", "message_reference": {"message_id": "5"}}),
        ),
        ("limit", "GET", format!("{messages}?limit=101"), Value::Null),
        ("id", "GET", "/channels/general".to_owned(), Value::Null),
        ("nick", "PATCH", member.clone(), json!({"nick": long(33)})),
        (
            "communication_disabled_until",
            "PATCH",
            member.clone(),
            json!({"communication_disabled_until": "2024-02-01T00:00:00Z"}),
        ),
        (
            "communication_disabled_until",
            "PATCH",
            member.clone(),
            json!({"communication_disabled_until": "soon"}),
        ),
        (
            "delete_message_seconds",
            "PUT",
            format!("{guild}/bans/{}", place.user("member")),
            json!({"delete_message_seconds": 604_801}),
        ),
        (
            "rate_limit_per_user",
            "PATCH",
            general.clone(),
            json!({"rate_limit_per_user": 21_601}),
        ),
        (
            "name",
            "POST",
            format!("{guild}/roles"),
            json!({"name": long(101)}),
        ),
        (
            "color",
            "POST",
            format!("{guild}/roles"),
            json!({"color": 0x100_0000}),
        ),
        (
            "0.name",
            "PUT",
            format!("{app}/commands"),
            command(json!({"name": "Loud"})),
        ),
        (
            "0.name",
            "PUT",
            format!("{app}/commands"),
            command(json!({"name": long(33)})),
        ),
        (
            "0.description",
            "PUT",
            format!("{app}/commands"),
            command(json!({"description": long(101)})),
        ),
        (
            "0.options.1",
            "PUT",
            format!("{app}/commands"),
            command(json!({"options": [option("a", false), option("b", true)]})),
        ),
        (
            "0.options.1",
            "PUT",
            format!("{app}/commands"),
            command(json!({"options": [option("a", false), option("a", false)]})),
        ),
        (
            "0.options",
            "PUT",
            format!("{app}/commands"),
            command(json!({"options": vec![option("a", false); 26]})),
        ),
        (
            "1",
            "PUT",
            format!("{app}/commands"),
            json!([{"name": "a", "description": "b"}, {"name": "a", "description": "b"}]),
        ),
    ] {
        let answer = place
            .refuses((400, 50035), method, &path, body.clone())
            .await;
        let at = field
            .split('.')
            .fold(&answer["errors"], |errors, part| &errors[part]);
        assert!(at["_errors"][0]["code"].is_string(), "{field} in {answer}");
    }
    let banned = format!("{guild}/bans/{}", place.user("member"));
    let long_reason = place
        .rest
        .request("PUT", &banned)
        .header("X-Audit-Log-Reason", long(513));
    let (status, body) = answer(long_reason).await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)));
    assert!(place.sim.bans().is_empty());
}

#[tokio::test]
async fn a_guild_has_at_most_250_roles() {
    let place = Strict::new().await;
    let path = format!("{}/roles", place.guild);
    loop {
        let (status, body) = place.rest.call("POST", &path, json!({})).await;
        if status != 200 {
            assert_eq!((status, &body["code"]), (400, &json!(30005)));
            break;
        }
    }
    let roles = place.rest.ok("GET", &path, Value::Null).await;
    assert_eq!(roles.as_array().unwrap().len(), 250);
}

#[tokio::test]
async fn files_may_be_as_large_as_a_request_may_be() {
    let place = Strict::new().await;
    let path = format!("{}/messages", place.general);
    for (megabytes, expected, code) in [(8, 200, &Value::Null), (26, 413, &json!(40005))] {
        let file = Part::bytes(vec![0; megabytes << 20]).file_name("a.bin");
        let form = Form::new().part("files[0]", file);
        let (status, body) = answer(place.rest.request("POST", &path).multipart(form)).await;
        assert_eq!((status, &body["code"]), (expected, code), "{megabytes} MiB");
    }
}
