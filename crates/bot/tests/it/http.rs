//! What supervisors and Prometheus are told.

use crate::{storage::cuttable_with, world::World};
use bot::app::App;
use discord_sim::{FaultAction, FaultRule};
use serde_json::{Value, json};
use settings::{Listen, Settings};
use std::time::Duration;

/// On any port that is free.
pub(crate) fn listening(settings: &mut Settings) {
    settings.http.listen = Listen::On("127.0.0.1:0".parse().expect("an address"));
}

/// Status and body.
pub(crate) async fn ask(app: &App, path: &str) -> (u16, String) {
    let address = app.http_address().expect("it listens");
    let client = reqwest::Client::builder().no_proxy().build();
    let url = format!("http://{address}{path}");
    let answer = client.expect("a client").get(url).send().await;
    let answer = answer.expect("an answer");
    (
        answer.status().as_u16(),
        answer.text().await.expect("a text"),
    )
}

/// The reasons why a bot is not ready, which is never unhealthy for that.
pub(crate) async fn reasons(app: &App) -> Vec<String> {
    assert_eq!(ask(app, "/healthz").await.0, 200);
    let (status, body) = ask(app, "/readyz").await;
    let body: Value = serde_json::from_str(&body).expect("JSON");
    let reasons = body["reasons"].as_array().expect("reasons");
    assert_eq!(body["ready"], json!(reasons.is_empty()));
    assert_eq!(status, if reasons.is_empty() { 200 } else { 503 });
    let what = |reason: &Value| reason["what"].as_str().expect("what").to_owned();
    reasons.iter().map(what).collect()
}

#[tokio::test]
async fn a_bot_that_serves_is_ready_and_tells_what_it_did() {
    World::each_with(
        |_, settings| listening(settings),
        async |world| {
            assert_eq!(reasons(world.app()).await, [""; 0]);
            world.play("mod: !warn @troll spam").await;
            world.play("alice: !warn @troll spam").await;
            let (status, text) = ask(world.app(), "/metrics").await;
            assert_eq!(status, 200);
            for line in [
                "rookery_commands_total{command=\"warn\",outcome=\"done\"} 1",
                "rookery_commands_total{command=\"warn\",outcome=\"refused\"} 1",
                "rookery_command_duration_seconds_count{command=\"warn\"} 2",
                "rookery_gateway_connected{shard=\"0\"} 1.0",
                "rookery_database_away 0.0",
                "rookery_gateway_events_total{fate=\"taken\"} 2",
            ] {
                assert!(text.lines().any(|found| found == line), "{line}:\n{text}");
            }
            assert!(text.ends_with("# EOF\n"), "{text}");
            for private in [world.sim.guild_id(), world.sim.user_id("mod").unwrap()] {
                assert!(!text.contains(&private.to_string()), "{text}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn a_bot_without_its_database_is_not_ready_and_says_so() {
    cuttable_with(listening, async |world, proxy| {
        proxy.go_away();
        assert_eq!(reasons(world.app()).await, ["database"]);
        let (_, metrics) = ask(world.app(), "/metrics").await;
        assert!(metrics.contains("rookery_database_away 1.0"), "{metrics}");
        proxy.come_back();
        world.app().data().storage.returned().await;
        assert_eq!(reasons(world.app()).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_is_owed_for_too_long_makes_a_bot_not_ready() {
    World::each_with(
        |_, settings| listening(settings),
        async |world| {
            let held = world.sim.fault(FaultRule {
                method: Some("PUT".to_owned()),
                path: "/guilds/*/bans/*".to_owned(),
                skip: 0,
                times: None,
                action: FaultAction::Hold,
            });
            world.begin("mod: !ban @troll spam").await;
            world.held("PUT", "/bans/").await;
            assert_eq!(reasons(world.app()).await, [""; 0]);
            world.app().data().clock.advance(Duration::from_secs(61));
            assert_eq!(reasons(world.app()).await, ["obligations"]);
            world.sim.release(held);
            world.settle().await;
            assert_eq!(reasons(world.app()).await, [""; 0]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_bot_that_stops_is_not_ready_and_alive() {
    World::once_with(
        |_, settings| listening(settings),
        async |world| {
            world.app().tasks().stop();
            assert_eq!(reasons(world.app()).await, ["stopping"]);
        },
    )
    .await;
}
