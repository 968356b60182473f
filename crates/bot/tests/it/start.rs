//! What can go wrong at the start, and what a start does not do twice.

use crate::world::{World, clock, discord};
use bot::app::{App, Deps, EndError, StartError};
use bot::sandbox::settings;
use discord_sim::{FaultAction, FaultRule, Sim};
use settings::{Secret, Settings};
use test_support::sqlite;

async fn start(settings: Settings) -> Result<App, StartError> {
    let deps = Deps {
        settings,
        clock: clock(),
    };
    Box::pin(App::start(deps)).await
}

fn requests(sim: &Sim, method: &str, path_end: &str) -> usize {
    let matching = |request: &&discord_sim::Request| {
        request.method == method && request.path.ends_with(path_end)
    };
    sim.requests().iter().filter(matching).count()
}

fn fails(sim: &Sim, path: &str, status: u16, times: Option<u32>) {
    sim.fault(FaultRule {
        method: Some("GET".to_owned()),
        path: path.to_owned(),
        skip: 0,
        times,
        action: FaultAction::Status(status, None),
    });
}

#[tokio::test]
async fn a_token_that_discord_does_not_know_is_told_at_once() {
    let sim = discord().start().await.unwrap();
    let database = sqlite::empty();
    let mut settings = settings(&sim, &database.url);
    settings.discord.token = Some(Secret::new("wrong"));
    let error = start(settings).await.unwrap_err();
    assert!(matches!(error, StartError::TokenRefused), "{error:?}");
    assert!(error.to_string().contains("DISCORD_TOKEN"), "{error}");
}

#[tokio::test]
async fn a_refused_intent_names_the_setting_and_the_switch() {
    let sim = discord().privileged_intents(0).start().await.unwrap();
    let database = sqlite::empty();
    let app = start(settings(&sim, &database.url)).await.unwrap();
    let error = app.ended().await.unwrap_err();
    assert!(matches!(error, EndError::IntentsRefused(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Message Content Intent"), "{text}");
    assert!(text.contains("discord.message_content"), "{text}");
    assert!(text.contains("discord.guild_members"), "{text}");
    app.stop().await;
}

#[tokio::test]
async fn without_the_gateway_address_a_bot_does_not_start() {
    let sim = discord().start().await.unwrap();
    fails(&sim, "/gateway", 403, None);
    let database = sqlite::empty();
    let error = start(settings(&sim, &database.url)).await.unwrap_err();
    assert!(matches!(error, StartError::Discord { .. }), "{error:?}");
}

#[tokio::test]
async fn discord_being_away_for_a_moment_only_delays_the_start() {
    let sim = discord().start().await.unwrap();
    fails(&sim, "/oauth2/applications/@me", 503, Some(1));
    let database = sqlite::empty();
    let app = start(settings(&sim, &database.url)).await.unwrap();
    app.connected().await;
    app.stop().await;
}

#[tokio::test]
async fn commands_are_registered_once_and_again_when_discord_has_lost_them() {
    World::each(async |world| {
        let registrations = |world: &World| requests(&world.sim, "PUT", "/commands");
        assert_eq!(registrations(world), 1);
        world.restart().await;
        assert_eq!(registrations(world), 1, "nothing has changed");
        let empty = FaultAction::Status(200, Some(serde_json::json!([])));
        world.sim.fault(FaultRule {
            method: Some("GET".to_owned()),
            path: "/applications/*/commands".to_owned(),
            skip: 0,
            times: Some(1),
            action: empty,
        });
        world.restart().await;
        assert_eq!(registrations(world), 2, "Discord listed none");
    })
    .await;
}

#[tokio::test]
async fn two_bots_on_one_file_are_refused() {
    let sim = discord().start().await.unwrap();
    let database = sqlite::empty();
    let first = start(settings(&sim, &database.url)).await.unwrap();
    let error = start(settings(&sim, &database.url)).await.unwrap_err();
    assert!(matches!(error, StartError::Lock(_)), "{error:?}");
    first.kill().await;
    start(settings(&sim, &database.url))
        .await
        .unwrap()
        .stop()
        .await;
}
