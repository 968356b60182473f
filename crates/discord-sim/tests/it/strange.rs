//! Whatever is sent, there is an answer.

use discord_sim::{Act, Sim};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::support::{ALL_INTENTS, Rest, Wire, act, button, callback, id, sim, text};

/// Names that mean something in some body, so that a random body is often nearly right.
const KEYS: [&str; 36] = [
    "allow",
    "attachments",
    "channel_types",
    "choices",
    "color",
    "colors",
    "communication_disabled_until",
    "components",
    "content",
    "custom_id",
    "data",
    "delete_message_seconds",
    "deny",
    "description",
    "embeds",
    "fields",
    "flags",
    "footer",
    "id",
    "label",
    "message_id",
    "message_reference",
    "messages",
    "name",
    "nick",
    "nonce",
    "options",
    "permissions",
    "position",
    "roles",
    "style",
    "text",
    "type",
    "user_ids",
    "value",
    "values",
];

fn body() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0_u64..12).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => btree_map(select(KEYS.to_vec()), inner, 0..6).prop_map(|map| json!(map)),
        ]
    })
}

#[test]
fn no_request_is_too_strange_to_be_answered() {
    let runtime = Runtime::new().unwrap();
    let (sim, paths) = runtime.block_on(prepared());
    let rest = Rest::new(&sim);
    TestRunner::new(config())
        .run(&body(), |hole| {
            for (method, path, body) in requests(&paths, &hole) {
                // A handler that panics ends the connection without an answer, which fails here.
                let (status, _) = runtime.block_on(rest.call(method, &path, body));
                prop_assert!((200..500).contains(&status), "{method} {path}: {status}");
            }
            Ok(())
        })
        .unwrap();
    // What is asked is strange; what is answered and told never is.
    let mut wrong = sim.violations();
    wrong.retain(|what| !what.contains(": the request") && !what.contains(": the query"));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_frame_is_too_strange_to_be_survived() {
    let runtime = Runtime::new().unwrap();
    let sim = runtime.block_on(sim());
    TestRunner::new(config())
        .run(&(0_u8..12, body()), |(op, data)| {
            runtime.block_on(async {
                let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
                wire.send(op, data).await;
                // Either it goes on or it says why not; it never just ends.
                let next = wire.answer_or_code().await;
                prop_assert!(next.is_none_or(|code| code >= 4_000), "{next:?}");
                Ok(())
            })
        })
        .unwrap();
}

/// A quarter of the usual cases, for each takes many requests; and no file of past failures, which
/// only the macro can place.
fn config() -> Config {
    let usual = Config::default();
    Config {
        cases: usual.cases / 4,
        failure_persistence: None,
        ..usual
    }
}

/// The paths of what is there at the start; its names may change.
struct Paths {
    guild: String,
    channel: String,
    app: String,
    bob: String,
    role: String,
    callback: String,
    webhook: String,
}

/// A simulator with an interaction that waits for its answer.
async fn prepared() -> (Sim, Paths) {
    let sim = sim().await;
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    let channel = format!("/channels/{}", id(sim.channel_id("general")));
    let body = json!({"content": "a", "components": [button("a", "Go")]});
    let rest = Rest::new(&sim);
    rest.ok("POST", &format!("{channel}/messages"), body).await;
    act(&sim, &Act::click("alice", "Go"));
    let asked = wire.event("INTERACTION_CREATE").await;
    let app = sim.application_id();
    let paths = Paths {
        guild: format!("/guilds/{}", sim.guild_id()),
        channel,
        app: format!("/applications/{app}"),
        bob: id(sim.user_id("bob")),
        role: id(sim.role_id("Moderator")),
        callback: callback(&asked),
        webhook: format!("/webhooks/{app}/{}", text(&asked["token"])),
    };
    (sim, paths)
}

/// Every request with a body, made strange by what stands in one place of it.
fn requests(paths: &Paths, hole: &Value) -> Vec<(&'static str, String, Value)> {
    let Paths {
        guild,
        channel,
        app,
        bob,
        role,
        callback,
        webhook,
    } = paths;
    let messages = format!("{channel}/messages");
    let commands = format!("{app}/commands");
    let row =
        |inside: Value| json!({"content": "a", "components": [{"type": 1, "components": inside}]});
    let menu = |options: &Value| json!({"type": 3, "custom_id": "a", "options": options});
    let form = |row: &Value| json!({"title": "a", "custom_id": "b", "components": [row]});
    let command = |options: Value| json!([{"name": "a", "description": "b", "options": options}]);
    let sub =
        |options: &Value| json!({"type": 1, "name": "a", "description": "b", "options": options});
    let edit =
        |hole: &Value| json!({"nick": hole, "roles": hole, "communication_disabled_until": hole});
    let entry = json!({"id": role, "position": hole});
    let hole = || hole.clone();
    vec![
        ("POST", messages.clone(), hole()),
        (
            "POST",
            messages.clone(),
            json!({"content": hole(), "nonce": hole(), "flags": hole()}),
        ),
        (
            "POST",
            messages.clone(),
            json!({"content": "a", "message_reference": hole()}),
        ),
        ("POST", messages.clone(), json!({"embeds": [hole()]})),
        (
            "POST",
            messages.clone(),
            json!({"embeds": [{"fields": hole(), "footer": hole()}]}),
        ),
        (
            "POST",
            messages.clone(),
            json!({"embeds": [{"title": "a", "fields": [hole()]}]}),
        ),
        (
            "POST",
            messages.clone(),
            json!({"content": "a", "components": [hole()]}),
        ),
        ("POST", messages.clone(), row(hole())),
        ("POST", messages.clone(), row(json!([hole()]))),
        ("POST", messages.clone(), row(json!([menu(&hole())]))),
        (
            "POST",
            format!("{messages}/bulk-delete"),
            json!({"messages": hole()}),
        ),
        ("PATCH", channel.clone(), hole()),
        ("PUT", format!("{channel}/permissions/{role}"), hole()),
        ("PATCH", guild.clone(), hole()),
        ("POST", format!("{guild}/channels"), hole()),
        ("POST", format!("{guild}/roles"), hole()),
        ("PATCH", format!("{guild}/roles"), json!([hole(), entry])),
        ("PATCH", format!("{guild}/roles/{role}"), hole()),
        ("PATCH", format!("{guild}/members/{bob}"), edit(&hole())),
        (
            "PUT",
            format!("{guild}/bans/{bob}"),
            json!({"delete_message_seconds": hole()}),
        ),
        (
            "POST",
            format!("{guild}/bulk-ban"),
            json!({"user_ids": hole()}),
        ),
        ("PUT", commands.clone(), json!([hole()])),
        ("PUT", commands.clone(), command(hole())),
        (
            "PUT",
            commands.clone(),
            command(json!([hole(), sub(&hole())])),
        ),
        ("POST", commands, hole()),
        ("PATCH", "/users/@me".to_owned(), hole()),
        (
            "POST",
            "/users/@me/channels".to_owned(),
            json!({"recipient_id": hole()}),
        ),
        (
            "POST",
            callback.clone(),
            json!({"type": 9, "data": form(&hole())}),
        ),
        ("POST", callback.clone(), json!({"type": 7, "data": hole()})),
        ("POST", callback.clone(), hole()),
        ("POST", webhook.clone(), hole()),
        ("PATCH", format!("{webhook}/messages/@original"), hole()),
    ]
}
