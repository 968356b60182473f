//! The port with TLS: serenity's own rate limiter and its own path to `https://discord.com`.

use std::time::{Duration, Instant};

use discord_sim::{FaultAction, FaultRule, RateLimits, Sim, SimClock};
use poise::serenity_prelude::{ChannelId, CreateMessage, Http, HttpBuilder};
use reqwest::{Certificate, Client, ClientBuilder};

use crate::support::{START_MS, sim};

#[tokio::test]
async fn serenity_speaks_to_discord_com_with_its_rate_limiter_on() {
    let (sim, http) = with_limiter().await;
    assert!(http.ratelimiter.is_some() && http.proxy.is_none());
    assert_eq!(http.get_current_user().await.unwrap().id, sim.bot_id());
    let channel = ChannelId::new(sim.channel_id("general").unwrap());
    for n in 0..3 {
        let message = CreateMessage::new().content(n.to_string());
        channel.send_message(&http, message).await.unwrap();
    }
    assert_eq!(sim.shown(0).len(), 3);
    assert!(
        sim.requests()
            .iter()
            .all(|request| request.status == Some(200))
    );
}

#[tokio::test]
async fn serenity_waits_as_a_429_says_and_asks_again() {
    let (sim, http) = with_limiter().await;
    let wait = Duration::from_millis(100);
    let refused = FaultAction::RateLimited {
        retry_after: wait,
        global: false,
    };
    sim.fault(FaultRule::new(Some("POST"), "/channels/*/messages", refused).times(2));
    let channel = ChannelId::new(sim.channel_id("general").unwrap());
    let began = Instant::now();
    let message = CreateMessage::new().content("at last");
    channel.send_message(&http, message).await.unwrap();
    assert!(began.elapsed() >= 2 * wait);
    let statuses: Vec<_> = sim.requests().iter().map(|asked| asked.status).collect();
    assert_eq!(statuses, [Some(429), Some(429), Some(200)]);
}

#[tokio::test]
async fn serenity_keeps_within_the_limits_that_the_headers_tell() {
    let (sim, http) = with_limiter().await;
    sim.set_rate_limits(RateLimits::Discord);
    let channel = ChannelId::new(sim.channel_id("general").unwrap());
    let send = async |n: usize| {
        let message = CreateMessage::new().content(n.to_string());
        channel.send_message(&http, message).await.unwrap();
    };
    for n in 0..5 {
        send(n).await;
    }
    // The sixth has to wait for the next window: serenity does not even ask.
    let sixth = tokio::time::timeout(Duration::from_millis(200), send(5)).await;
    sixth.unwrap_err();
    assert_eq!(sim.requests().len(), 5);
}

#[tokio::test]
async fn a_client_that_does_not_know_the_authority_is_not_served() {
    let (sim, _) = with_limiter().await;
    let stranger = client(&sim, Client::builder());
    let error = stranger.get("https://discord.com/api/v10/gateway");
    error.send().await.unwrap_err();
    assert!(sim.requests().is_empty());
}

#[tokio::test]
async fn there_is_no_second_port_unless_it_is_wanted() {
    assert!(sim().await.tls().is_none());
}

/// A simulator with TLS, and serenity's HTTP client as it is in production, except for the way to
/// `discord.com` and the authority that it trusts.
async fn with_limiter() -> (Sim, Http) {
    let sim = Sim::builder()
        .clock(SimClock::fixed(START_MS))
        .tls(true)
        .start()
        .await
        .unwrap();
    let ca = Certificate::from_pem(sim.tls().unwrap().ca_pem().as_bytes()).unwrap();
    let client = client(&sim, Client::builder().add_root_certificate(ca));
    let http = HttpBuilder::new(sim.token()).client(client).build();
    (sim, http)
}

fn client(sim: &Sim, builder: ClientBuilder) -> Client {
    let address = sim.tls().unwrap().address();
    let builder = builder.no_proxy().resolve("discord.com", address);
    builder.build().unwrap()
}
