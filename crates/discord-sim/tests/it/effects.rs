//! What follows from what: of bans, timeouts, nonces, roles, the audit log and its pages.

use std::time::Duration;

use discord_sim::{Act, Edit, Shown, ShownKind, Sim};
use serde_json::{Value, json};

use crate::support::{
    ALL_INTENTS, Rest, START_MS, Wire, act, answer, id, of_kind, respond, sim, text,
};

fn contents(shown: &[Shown]) -> Vec<&str> {
    shown
        .iter()
        .map(|shown| shown.content.as_deref().unwrap())
        .collect()
}

fn messages(sim: &Sim) -> String {
    format!("/channels/{}/messages", id(sim.channel_id("general")))
}

#[tokio::test]
async fn a_ban_deletes_what_was_written_in_the_last_seconds_and_no_more() {
    let sim = sim().await;
    act(&sim, &Act::say("troll", "long ago"));
    sim.clock().advance(Duration::from_mins(2));
    act(&sim, &Act::say("troll", "just now"));
    act(&sim, &Act::say("troll", "elsewhere").in_channel("random"));
    act(&sim, &Act::say("alice", "innocent"));
    let ban = format!(
        "/guilds/{}/bans/{}",
        sim.guild_id(),
        id(sim.user_id("troll"))
    );
    // serenity sends the seconds in the query.
    let path = format!("{ban}?delete_message_seconds=60");
    Rest::new(&sim).ok("PUT", &path, Value::Null).await;
    let deleted = of_kind(&sim, ShownKind::Delete);
    assert_eq!(contents(&deleted), ["just now", "elsewhere"]);
}

#[tokio::test]
async fn a_second_ban_and_a_second_role_change_nothing() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let guild = format!("/guilds/{}", sim.guild_id());
    let (troll, bob) = (id(sim.user_id("troll")), id(sim.user_id("bob")));
    let made = rest
        .ok("POST", &format!("{guild}/roles"), json!({"name": "Muted"}))
        .await;
    let role = format!("{guild}/members/{bob}/roles/{}", text(&made["id"]));
    for path in [format!("{guild}/bans/{troll}"), role] {
        rest.ok("PUT", &path, Value::Null).await;
        let (shown, log) = (sim.shown(0).len(), sim.audit_log().len());
        rest.ok("PUT", &path, Value::Null).await;
        assert_eq!((sim.shown(0).len(), sim.audit_log().len()), (shown, log));
    }
}

#[tokio::test]
async fn a_timeout_ends_with_its_time_and_nobody_is_told() {
    let sim = sim().await;
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    let alice = sim.user_id("alice").unwrap();
    let quiet = Edit::Timeout {
        by: "mod".to_owned(),
        target: "alice".to_owned(),
        time: Some(Duration::from_mins(10)),
        reason: None,
    };
    sim.mutate(&quiet).unwrap();
    wire.event("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(sim.timeout_until(alice), Some(START_MS + 600_000));
    assert!(sim.perform(&Act::say("alice", "hi")).await.is_err());
    sim.clock().advance(Duration::from_mins(10));
    assert_eq!(sim.timeout_until(alice), None);
    assert!(wire.drain_names().await.is_empty());
    act(&sim, &Act::say("alice", "hi"));
}

#[tokio::test]
async fn a_nonce_makes_one_message_for_some_minutes() {
    let sim = sim().await;
    let (rest, path) = (Rest::new(&sim), messages(&sim));
    let body = json!({"content": "once", "nonce": "n", "enforce_nonce": true});
    let first = rest.ok("POST", &path, body.clone()).await;
    let again = rest.ok("POST", &path, body.clone()).await;
    assert_eq!(first["id"], again["id"]);
    sim.clock().advance(Duration::from_mins(6));
    let later = rest.ok("POST", &path, body).await;
    assert_ne!(first["id"], later["id"]);
    assert_eq!(of_kind(&sim, ShownKind::Message).len(), 2);
}

#[tokio::test]
async fn a_reason_reaches_the_audit_log_decoded() {
    let sim = sim().await;
    let user = id(sim.user_id("troll"));
    let rest = Rest::new(&sim);
    let path = format!("/guilds/{}/bans/{user}", sim.guild_id());
    let reason = "%231%20mod%3A%20sp%C3%A4m";
    let request = rest
        .request("PUT", &path)
        .header("X-Audit-Log-Reason", reason);
    assert_eq!(answer(request).await.0, 204);
    let ban = rest.ok("GET", &path, Value::Null).await;
    assert_eq!(ban["reason"], "#1 mod: späm");
    let entry = &sim.audit_log()[0];
    assert_eq!((entry.action_type, entry.user_id), (22, sim.bot_id()));
    assert_eq!(entry.reason.as_deref(), Some("#1 mod: späm"));
    assert_eq!(sim.requests()[0].reason.as_deref(), Some("#1 mod: späm"));
}

#[tokio::test]
async fn the_audit_log_and_the_bans_come_in_pages() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let guild = format!("/guilds/{}", sim.guild_id());
    for person in ["alice", "bob", "troll"] {
        let user = id(sim.user_id(person));
        rest.ok("PUT", &format!("{guild}/bans/{user}"), Value::Null)
            .await;
    }
    let ids = |list: &Value, at: &str| -> Vec<u64> {
        let list = list.as_array().unwrap().iter();
        list.map(|item| item.pointer(at).unwrap().as_str().unwrap().parse().unwrap())
            .collect()
    };
    let page = async |path: &str, at: &str| {
        let body = rest.ok("GET", &format!("{guild}{path}"), Value::Null).await;
        ids(body.get("audit_log_entries").unwrap_or(&body), at)
    };
    let log: Vec<u64> = sim.audit_log().iter().map(|entry| entry.id).collect();
    let [first, second, third] = log[..] else {
        panic!("three entries were expected");
    };
    assert_eq!(page("/audit-logs", "/id").await, [third, second, first]);
    assert_eq!(page("/audit-logs?limit=1", "/id").await, [third]);
    assert_eq!(
        page(&format!("/audit-logs?before={third}&limit=1"), "/id").await,
        [second]
    );
    assert_eq!(
        page(&format!("/audit-logs?after={first}&limit=1"), "/id").await,
        [second]
    );
    assert!(page("/audit-logs?action_type=23", "/id").await.is_empty());

    let bans = sim.bans();
    assert_eq!(page("/bans", "/user/id").await, bans);
    assert_eq!(page("/bans?limit=2", "/user/id").await, bans[..2]);
    assert_eq!(
        page(&format!("/bans?after={}", bans[0]), "/user/id").await,
        bans[1..]
    );
    assert_eq!(
        page(&format!("/bans?before={}&limit=1", bans[2]), "/user/id").await,
        bans[1..2]
    );
}

#[tokio::test]
async fn a_deleted_role_is_gone_from_members_and_channels() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let role = id(sim.role_id("Moderator"));
    let delete = Edit::DeleteRole {
        by: "owner".to_owned(),
        role: "Moderator".to_owned(),
    };
    sim.mutate(&delete).unwrap();
    let member = format!(
        "/guilds/{}/members/{}",
        sim.guild_id(),
        id(sim.user_id("mod"))
    );
    let member = rest.ok("GET", &member, Value::Null).await;
    assert_eq!(member["roles"], json!([]));
    let channel = format!("/channels/{}", id(sim.channel_id("mod-log")));
    let channel = rest.ok("GET", &channel, Value::Null).await;
    let overwrites = channel["permission_overwrites"].as_array().unwrap();
    assert!(!overwrites.is_empty() && overwrites.iter().all(|overwrite| overwrite["id"] != role));
    assert_eq!(sim.role_id("Moderator"), None);
}

#[tokio::test]
async fn a_new_role_stands_below_all_others_and_can_be_moved_up() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let path = format!("/guilds/{}/roles", sim.guild_id());
    rest.ok("POST", &path, json!({"name": "Muted"})).await;
    let muted = id(sim.role_id("Muted"));
    // The bot gives it to a moderator, who keeps their place in the order.
    let member = format!(
        "/guilds/{}/members/{}",
        sim.guild_id(),
        id(sim.user_id("mod"))
    );
    rest.ok("PUT", &format!("{member}/roles/{muted}"), Value::Null)
        .await;
    let order = |roles: &Value| -> Vec<String> {
        let mut roles = roles.as_array().unwrap().clone();
        roles.sort_by_key(|role| role["position"].as_i64());
        roles.iter().map(|role| text(&role["name"])).collect()
    };
    let moved = rest
        .ok("PATCH", &path, json!([{"id": muted, "position": 2}]))
        .await;
    assert_eq!(
        order(&moved),
        ["@everyone", "Moderator", "Muted", "Rookery", "Admin"]
    );
    let too_high = json!([{"id": muted, "position": 4}]);
    assert_eq!(rest.call("PATCH", &path, too_high).await.0, 403);
}

#[tokio::test]
async fn the_first_answer_after_thinking_takes_the_place_of_the_promise() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    let app = sim.application_id();
    let spec = json!([{"name": "hi", "description": "Says hello"}]);
    rest.ok("PUT", &format!("/applications/{app}/commands"), spec)
        .await;
    act(&sim, &Act::slash("alice", "hi"));
    let asked = wire.event("INTERACTION_CREATE").await;
    respond(&rest, &asked, json!({"type": 5})).await;
    let webhook = format!("/webhooks/{app}/{}", text(&asked["token"]));
    let promise = rest
        .ok("GET", &format!("{webhook}/messages/@original"), Value::Null)
        .await;
    assert_eq!(promise["flags"], 128);
    // Nothing is read of it before it says something.
    assert!(of_kind(&sim, ShownKind::Message).is_empty());
    let first = rest.ok("POST", &webhook, json!({"content": "hello"})).await;
    let second = rest.ok("POST", &webhook, json!({"content": "there"})).await;
    assert_eq!((&first["id"], &first["flags"]), (&promise["id"], &json!(0)));
    assert_ne!(second["id"], first["id"]);
    assert_eq!(
        contents(&of_kind(&sim, ShownKind::Message)),
        ["hello", "there"]
    );
    let created = wire.drain_names().await;
    assert_eq!(
        created,
        ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_CREATE"]
    );
}

#[tokio::test]
async fn what_is_shown_has_names_where_discord_has_ids() {
    let sim = sim().await;
    let (troll, role) = (id(sim.user_id("troll")), id(sim.role_id("Moderator")));
    let channel = id(sim.channel_id("random"));
    let text = format!("<@{troll}> <@&{role}> <#{channel}> <@1>");
    let field = |value: &str| json!({"name": "Who", "value": value, "inline": true});
    let embed = json!({"title": "Case", "fields": [field(&text)], "url": "x"});
    let body = json!({"content": text, "embeds": [embed]});
    Rest::new(&sim).ok("POST", &messages(&sim), body).await;
    let shown = &sim.shown(0)[0];
    let named = "@troll @Moderator #random <@1>";
    assert_eq!(shown.content.as_deref(), Some(named));
    let expected = json!({"title": "Case", "fields": [field(named)]});
    assert_eq!(shown.embeds, [expected]);
    assert_eq!(serde_json::to_value(shown).unwrap()["kind"], "message");
}
