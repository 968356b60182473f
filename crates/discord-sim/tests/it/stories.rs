//! Stories: what they expect, and what they say when it does not come.

use std::io::Write as _;
use std::panic::AssertUnwindSafe;

use discord_sim::{Expected, ShownKind};
use futures_util::FutureExt;
use serde_json::{Value, json};

use crate::support::{Rest, id, sim};

#[tokio::test]
async fn what_is_expected_is_taken_once_and_in_order() {
    let sim = sim().await;
    let alice = sim.guild().member("alice");
    alice.says("one");
    alice.in_channel("random").says("two");
    let message = || Expected::of(ShownKind::Message).by("alice");
    let first = sim.expect(message()).await;
    assert_eq!(first.content.as_deref(), Some("one"));
    let second = sim.expect(message().in_channel("random")).await;
    assert_eq!(second.content.as_deref(), Some("two"));
    sim.expect_no(message()).await;
}

#[tokio::test]
async fn an_expectation_waits_for_what_is_still_to_come() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    let path = format!("/channels/{}/messages", id(sim.channel_id("general")));
    let embed = json!({"title": "Case 1", "fields": [{"name": "Who", "value": "troll"}]});
    let body = json!({"embeds": [embed]});
    let (shown, _) = tokio::join!(sim.expect("troll"), rest.ok("POST", &path, body));
    assert_eq!(shown.author.as_deref(), Some("Rookery"));
}

#[tokio::test]
async fn what_was_not_expected_is_told_with_everything_that_happened() {
    let sim = sim().await;
    sim.guild().member("alice").says("hello");
    let unwanted = sim.expect_no(ShownKind::Message);
    let panic = AssertUnwindSafe(unwanted).catch_unwind().await.unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("stories.rs"), "{text}");
    assert!(text.contains("a message was not expected"), "{text}");
    assert!(text.contains("#general alice: hello"), "{text}");
}

#[tokio::test]
async fn a_deed_that_is_impossible_says_why() {
    let sim = sim().await;
    let stranger = AssertUnwindSafe(async { sim.guild().member("alice").clicks("Yes") });
    let panic = stranger.catch_unwind().await.unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(
        text.contains("alice cannot click Yes: there is no button"),
        "{text}"
    );
}

#[tokio::test]
async fn a_violation_fails_the_test_unless_it_is_asked_for() {
    let sim = sim().await;
    let rest = Rest::new(&sim);
    // Discord describes no such field of the query.
    let violate = async || rest.ok("GET", "/users/@me?colour=red", Value::Null).await;
    violate().await;
    let told = sim.violations();
    if told.is_empty() {
        // Past the harness, which keeps what a test that passes says to itself.
        let mut say = std::io::stderr();
        writeln!(
            say,
            "schema validation skipped: DISCORD_SCHEMAS names no folder"
        )
        .unwrap();
        return;
    }
    assert_eq!(told, ["GET /users/@me: the query has no colour"]);
    // Who asked has been told.
    sim.settled().await;

    violate().await;
    let settled = AssertUnwindSafe(sim.settled());
    let panic = settled.catch_unwind().await.unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("the query has no colour"), "{text}");
    assert!(text.contains("> GET /users/@me: 200"), "{text}");
}
