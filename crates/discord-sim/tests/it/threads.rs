//! Threads: who may begin, see, close and open them.

use discord_sim::{Act, permissions as p};
use serde_json::{Value, json};

use crate::support::{Rest, Strict, act, id, sim, text};

#[tokio::test]
async fn a_message_has_one_thread_which_bears_its_id() {
    let place = Strict::new().await;
    let (message, at) = place.message_of("member").await;
    let threads = format!("{message}/threads");
    let thread = place
        .rest
        .ok("POST", &threads, json!({"name": "Talk"}))
        .await;
    assert_eq!((text(&thread["id"]), &thread["type"]), (at, &json!(11)));
    let again = json!({"name": "Again"});
    place.refuses((400, 160_004), "POST", &threads, again).await;
    let told = place.rest.ok("GET", &message, Value::Null).await;
    assert_eq!(told["thread"]["name"], "Talk");
    assert_eq!(told["flags"], 1 << 5);
}

#[tokio::test]
async fn writing_opens_an_archived_thread_unless_it_is_locked() {
    let place = Strict::new().await;
    let (message, at) = place.message_of("member").await;
    let name = json!({"name": "Talk"});
    place
        .rest
        .ok("POST", &format!("{message}/threads"), name)
        .await;
    let thread = format!("/channels/{at}");
    place
        .rest
        .ok("PATCH", &thread, json!({"archived": true}))
        .await;
    let renamed = json!({"name": "Other"});
    place.refuses((400, 50083), "PATCH", &thread, renamed).await;
    act(
        &place.sim,
        &Act::say("member", "still here?").in_channel("Talk"),
    );
    let told = place.rest.ok("GET", &thread, Value::Null).await;
    assert_eq!(told["thread_metadata"]["archived"], false);
    assert_eq!(
        (&told["message_count"], &told["member_count"]),
        (&json!(1), &json!(2))
    );

    let locked = json!({"archived": true, "locked": true});
    place.rest.ok("PATCH", &thread, locked).await;
    let refused = place
        .sim
        .perform(&Act::say("member", "hello?").in_channel("Talk"))
        .await;
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("Thread is locked")
    );
}

#[tokio::test]
async fn a_private_thread_is_hidden_from_those_who_are_not_in_it() {
    let place = Strict::new().await;
    let spec = json!({"name": "Behind", "type": 12});
    let path = format!("{}/threads", place.general);
    let thread = place.rest.ok("POST", &path, spec).await;
    let say = Act::say("member", "knock, knock").in_channel("Behind");
    assert!(place.sim.perform(&say).await.is_err());
    let members = format!("/channels/{}/thread-members", text(&thread["id"]));
    let member = format!("{members}/{}", place.user("member"));
    place.rest.ok("PUT", &member, Value::Null).await;
    act(&place.sim, &say);
    place.rest.ok("DELETE", &member, Value::Null).await;
    assert!(place.sim.perform(&say).await.is_err());
}

#[tokio::test]
async fn a_thread_without_a_message_is_private_unless_it_says_otherwise() {
    let sim = sim().await;
    let bits = p::ALL & !(p::ADMINISTRATOR | p::CREATE_PRIVATE_THREADS);
    sim.set_permissions("Rookery", bits).unwrap();
    let rest = Rest::new(&sim);
    let path = format!("/channels/{}/threads", id(sim.channel_id("general")));
    let (status, refusal) = rest.call("POST", &path, json!({"name": "Any"})).await;
    assert_eq!((status, &refusal["code"]), (403, &json!(50013)));
    rest.ok("POST", &path, json!({"name": "Any", "type": 11}))
        .await;
}

#[tokio::test]
async fn archived_threads_are_listed_apart_and_the_newest_first() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let channel = format!("/channels/{}", id(sim.channel_id("general")));
    for name in ["one", "two", "three"] {
        let spec = json!({"name": name, "type": 11});
        let thread = rest.ok("POST", &format!("{channel}/threads"), spec).await;
        sim.advance(std::time::Duration::from_secs(1)).await;
        if name != "three" {
            let thread = format!("/channels/{}", text(&thread["id"]));
            rest.ok("PATCH", &thread, json!({"archived": true})).await;
        }
    }
    let names = |list: &Value| -> Vec<String> {
        let threads = list["threads"].as_array().unwrap();
        threads.iter().map(|thread| text(&thread["name"])).collect()
    };
    let active = format!("/guilds/{}/threads/active", sim.guild_id());
    assert_eq!(
        names(&rest.ok("GET", &active, Value::Null).await),
        ["three"]
    );
    let archived = format!("{channel}/threads/archived/public");
    let all = rest.ok("GET", &archived, Value::Null).await;
    assert_eq!(
        (names(&all), &all["has_more"]),
        (vec!["two".into(), "one".into()], &json!(false))
    );
    let earlier = format!("{archived}?limit=2&before=2024-01-01T00:00:02Z");
    assert_eq!(names(&rest.ok("GET", &earlier, Value::Null).await), ["one"]);
}
