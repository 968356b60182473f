//! What is written: by webhooks, with files, mentions, pins, reactions and slowmode.

use std::time::Duration;

use discord_sim::{Act, Refusal, ShownKind, Sim, What, permissions as p};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{Rest, Strict, act, answer, id, of_kind, sim, text};

fn general(sim: &Sim) -> String {
    format!("/channels/{}", id(sim.channel_id("general")))
}

#[tokio::test]
async fn a_webhook_writes_under_its_own_name_and_with_its_token_alone() {
    let sim = sim().await;
    sim.set_permissions("Rookery", p::ALL).unwrap();
    let rest = Rest::new(&sim);
    let hooks = format!("{}/webhooks", general(&sim));
    let hook = rest.ok("POST", &hooks, json!({"name": "Mail"})).await;
    let path = format!("/webhooks/{}/{}", text(&hook["id"]), text(&hook["token"]));
    // No other token is sent.
    let post = |query: &str, body: Value| {
        let url = format!("{}/api/v10{path}{query}", sim.url());
        answer(rest.client.post(url).json(&body))
    };
    assert_eq!(
        post("", json!({"content": "unheard"})).await,
        (204, Value::Null)
    );
    let body = json!({"content": "a letter", "username": "Owl"});
    let (status, letter) = post("?wait=true", body).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&letter["author"]["username"], &letter["webhook_id"]),
        (&json!("Owl"), &hook["id"])
    );
    let shown = of_kind(&sim, ShownKind::Message);
    let authors: Vec<_> = shown.iter().map(|shown| shown.author.as_deref()).collect();
    assert_eq!(authors, [Some("Mail"), Some("Owl")]);

    let wrong = format!("/webhooks/{}/wrong", text(&hook["id"]));
    let (status, refusal) = rest.call("POST", &wrong, json!({"content": "a"})).await;
    assert_eq!((status, &refusal["code"]), (401, &json!(50027)));
    let (status, _) = rest
        .call("POST", &hooks, json!({"name": "Discord news"}))
        .await;
    assert_eq!(status, 400);
    rest.ok("DELETE", &path, Value::Null).await;
    assert_eq!(post("", json!({"content": "late"})).await.1["code"], 10015);
}

#[tokio::test]
async fn a_channel_has_at_most_15_webhooks() {
    let sim = sim().await;
    sim.set_permissions("Rookery", p::ALL).unwrap();
    let rest = Rest::new(&sim);
    let hooks = format!("{}/webhooks", general(&sim));
    for _ in 0..15 {
        rest.ok("POST", &hooks, json!({"name": "Mail"})).await;
    }
    let (status, refusal) = rest.call("POST", &hooks, json!({"name": "Mail"})).await;
    assert_eq!((status, &refusal["code"]), (400, &json!(30007)));
}

#[tokio::test]
async fn a_file_can_be_downloaded_again() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let file = Part::bytes(vec![1, 2, 3]).file_name("three bytes.bin");
    let form = Form::new().part("files[0]", file);
    let path = format!("{}/messages", general(&sim));
    let (status, sent) = answer(rest.request("POST", &path).multipart(form)).await;
    assert_eq!(status, 200);
    let attachment = &sent["attachments"][0];
    assert_eq!(
        (&attachment["filename"], &attachment["size"]),
        (&json!("three bytes.bin"), &json!(3))
    );
    let url = text(&attachment["url"]);
    let bytes = rest
        .client
        .get(url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(bytes.as_ref(), [1, 2, 3]);
}

#[tokio::test]
async fn only_those_are_notified_whom_the_author_may_and_wants_to_notify() {
    let place = Strict::new().await;
    let (member, below) = (place.user("member"), place.role("Below"));
    let said = format!("<@{member}> <@&{below}> @everyone");
    let path = format!("{}/messages", place.general);
    let send = async |allowed: Value| {
        let body = json!({"content": said, "allowed_mentions": allowed});
        let sent = place.rest.ok("POST", &path, body).await;
        let users = sent["mentions"].as_array().unwrap().len();
        let roles = sent["mention_roles"].as_array().unwrap().len();
        (users, roles, sent["mention_everyone"] == true)
    };
    assert_eq!(send(Value::Null).await, (1, 1, true));
    assert_eq!(send(json!({"parse": []})).await, (0, 0, false));
    assert_eq!(
        send(json!({"parse": ["roles"], "users": [member]})).await,
        (1, 1, false)
    );
    assert_eq!(
        send(json!({"parse": ["users", "everyone"]})).await,
        (1, 0, true)
    );
    let both = json!({"content": "a", "allowed_mentions": {"parse": ["users"], "users": [member]}});
    place.refuses((400, 50035), "POST", &path, both).await;

    // Members may not: the role cannot be mentioned by everyone, and neither can all.
    act(&place.sim, &Act::say("member", "@Below @everyone"));
    let newest = place
        .rest
        .ok("GET", &format!("{path}?limit=1"), Value::Null)
        .await;
    assert_eq!(
        (&newest[0]["mention_roles"], &newest[0]["mention_everyone"]),
        (&json!([]), &json!(false))
    );
}

#[tokio::test]
async fn a_reply_notifies_the_one_it_answers_unless_told_not_to() {
    let place = Strict::new().await;
    let (_, message) = place.message_of("member").await;
    let path = format!("{}/messages", place.general);
    for (allowed, notified) in [(Value::Null, 1), (json!({"replied_user": false}), 0)] {
        let reference = json!({"message_id": message});
        let body =
            json!({"content": "a", "message_reference": reference, "allowed_mentions": allowed});
        let sent = place.rest.ok("POST", &path, body).await;
        assert_eq!(sent["mentions"].as_array().unwrap().len(), notified);
    }
}

#[tokio::test]
async fn slowmode_holds_people_and_not_bots() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let slow = json!({"rate_limit_per_user": 10});
    rest.ok("PATCH", &general(&sim), slow).await;
    act(&sim, &Act::say("alice", "one"));
    sim.advance(Duration::from_secs(4)).await;
    let refused = sim.perform(&Act::say("alice", "two")).await;
    let channel = "general".to_owned();
    assert_eq!(
        refused,
        Err(Refusal::Slowmode {
            channel,
            seconds: 6
        })
    );
    act(&sim, &Act::say("bob", "mine"));
    let path = format!("{}/messages", general(&sim));
    for _ in 0..2 {
        rest.ok("POST", &path, json!({"content": "bot"})).await;
    }
    sim.advance(Duration::from_secs(6)).await;
    act(&sim, &Act::say("alice", "two"));
}

#[tokio::test]
async fn a_pin_needs_its_permission_and_is_told_in_the_channel() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let sent = rest
        .ok(
            "POST",
            &format!("{}/messages", general(&sim)),
            json!({"content": "keep"}),
        )
        .await;
    let pin = format!("{}/messages/pins/{}", general(&sim), text(&sent["id"]));
    let bits = p::ALL & !(p::ADMINISTRATOR | p::PIN_MESSAGES);
    sim.set_permissions("Rookery", bits).unwrap();
    assert_eq!(rest.call("PUT", &pin, Value::Null).await.0, 403);
    sim.set_permissions("Rookery", p::ALL).unwrap();
    rest.ok("PUT", &pin, Value::Null).await;
    rest.ok("PUT", &pin, Value::Null).await;
    let pins = rest
        .ok(
            "GET",
            &format!("{}/messages/pins", general(&sim)),
            Value::Null,
        )
        .await;
    assert_eq!(pins["items"].as_array().unwrap().len(), 1);
    assert_eq!(pins["items"][0]["message"]["pinned"], true);
    let newest = rest
        .ok(
            "GET",
            &format!("{}/messages?limit=1", general(&sim)),
            Value::Null,
        )
        .await;
    assert_eq!(
        (
            &newest[0]["type"],
            &newest[0]["message_reference"]["message_id"]
        ),
        (&json!(6), &sent["id"])
    );
    let entry = sim.audit_log().pop().unwrap();
    assert_eq!(
        (entry.action_type, entry.target_id),
        (74, Some(sim.bot_id()))
    );
}

#[tokio::test]
async fn reactions_are_counted_once_each_and_limited_to_known_emoji() {
    let sim = sim().await;
    sim.set_permissions("Rookery", p::ALL).unwrap();
    let rest = Rest::new(&sim);
    act(&sim, &Act::say("alice", "react!"));
    let newest = rest
        .ok(
            "GET",
            &format!("{}/messages?limit=1", general(&sim)),
            Value::Null,
        )
        .await;
    let message = format!("{}/messages/{}", general(&sim), text(&newest[0]["id"]));
    let tick = format!("{message}/reactions/%E2%9C%85");
    for _ in 0..2 {
        rest.ok("PUT", &format!("{tick}/@me"), Value::Null).await;
    }
    act(&sim, &Act::new("bob", What::React("✅".to_owned())));
    let told = rest.ok("GET", &message, Value::Null).await;
    assert_eq!(
        (&told["reactions"][0]["count"], &told["reactions"][0]["me"]),
        (&json!(2), &json!(true))
    );
    let bob = id(sim.user_id("bob"));
    rest.ok("DELETE", &format!("{tick}/{bob}"), Value::Null)
        .await;
    let who = rest.ok("GET", &tick, Value::Null).await;
    assert_eq!(who.as_array().unwrap().len(), 1);
    for unknown in ["rook%3A123", "rook"] {
        let path = format!("{message}/reactions/{unknown}/@me");
        let (status, refusal) = rest.call("PUT", &path, Value::Null).await;
        assert_eq!((status, &refusal["code"]), (400, &json!(10014)));
    }
}

#[tokio::test]
async fn people_correct_answer_and_take_back_what_they_wrote() {
    let sim = sim().await;
    let alice = sim.guild().member("alice");
    let bob = sim.guild().member("bob");
    alice.says("helo");
    alice.edits("hello");
    bob.replies("hi");
    let answer = of_kind(&sim, ShownKind::Message).pop().unwrap();
    assert_eq!(answer.reply_to.as_deref(), Some("hello"));
    bob.deletes();
    let gone = of_kind(&sim, ShownKind::Delete).pop().unwrap();
    assert_eq!(gone.content.as_deref(), Some("hi"));
    // Another's message takes the permission; a moderator has it.
    let alices = What::Delete(Some("alice".to_owned()));
    assert!(bob.tries(alices.clone()).is_err());
    sim.guild().member("mod").tries(alices).unwrap();
    assert_eq!(sim.audit_log().pop().unwrap().action_type, 72);
}

#[tokio::test]
async fn an_invite_is_counted_and_ends() {
    let sim = sim().await;
    sim.set_permissions("Rookery", p::ALL).unwrap();
    let rest = Rest::new(&sim);
    let path = format!("{}/invites", general(&sim));
    let body = json!({"max_age": 60, "max_uses": 5});
    let invite = rest.ok("POST", &path, body).await;
    act(&sim, &Act::new("troll", What::Leave));
    act(&sim, &Act::new("troll", What::Join));
    let all = format!("/guilds/{}/invites", sim.guild_id());
    assert_eq!(rest.ok("GET", &all, Value::Null).await[0]["uses"], 1);
    sim.advance(Duration::from_mins(2)).await;
    assert_eq!(rest.ok("GET", &all, Value::Null).await, json!([]));
    let code = format!("/invites/{}", text(&invite["code"]));
    assert_eq!(rest.call("GET", &code, Value::Null).await.1["code"], 10006);
}
