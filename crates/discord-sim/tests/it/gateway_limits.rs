//! What the gateway does not put up with, and what becomes of the session then.

use std::time::Duration;

use discord_sim::{GuildSpec, SessionStarts, Sim, SimBuilder, SimClock, World};
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, Rest, START_MS, Wire, identify, sim, text};

#[tokio::test]
async fn a_connection_can_be_one_zlib_stream() {
    let sim = sim().await;
    let mut wire = Wire::open(&sim, "v=10&encoding=json&compress=zlib-stream").await;
    assert_eq!(wire.frame().await["op"], 10);
    wire.send(2, identify(&sim, ALL_INTENTS)).await;
    wire.event("GUILD_CREATE").await;
    wire.drain().await;
    assert!(wire.compressed);
}

#[tokio::test]
async fn an_address_that_asks_for_what_is_not_there_is_refused() {
    let sim = sim().await;
    for (query, code) in [
        ("v=9", 4012),
        ("v=10&encoding=etf", 4002),
        ("v=10&compress=zstd-stream", 4002),
    ] {
        let mut wire = Wire::open(&sim, query).await;
        assert_eq!(wire.close_code().await, code, "{query}");
    }
}

#[tokio::test]
async fn a_frame_of_more_than_4096_bytes_is_refused() {
    let sim = sim().await;
    for (bytes, code) in [(4_096, None), (4_097, Some(4002))] {
        let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
        let frame = |filling: &str| json!({"op": 1, "d": null, "x": filling}).to_string();
        let filling = "x".repeat(bytes - frame("").len());
        wire.send_text(&frame(&filling)).await;
        assert_eq!(wire.answer_or_code().await, code, "{bytes} bytes");
    }
}

#[tokio::test]
async fn more_than_120_frames_in_a_minute_are_too_many() {
    let sim = sim().await;
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    for _ in 0..119 {
        assert_eq!(wire.answer_or_code().await, None);
    }
    sim.clock().advance(Duration::from_mins(1));
    for _ in 0..120 {
        assert_eq!(wire.answer_or_code().await, None);
    }
    assert_eq!(wire.answer_or_code().await, Some(4008));
}

#[tokio::test]
async fn a_heartbeat_that_was_asked_for_counts_against_no_limit() {
    let sim = sim().await;
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    wire.event("GUILD_CREATE").await;
    for _ in 0..200 {
        let answer = async {
            loop {
                let frame = wire.frame().await;
                if frame["op"] == 1 {
                    wire.send(1, json!(2)).await;
                }
            }
        };
        tokio::select! {
            () = sim.settled() => {}
            () = answer => {}
        }
    }
    assert_eq!(wire.answer_or_code().await, None);
}

#[tokio::test]
async fn a_client_without_heartbeats_loses_its_connection_and_its_session() {
    let sim = Sim::builder()
        .heartbeat_interval(Duration::from_millis(50))
        .start()
        .await
        .unwrap();
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    let session = wire.ready()["session_id"].clone();
    assert_eq!(wire.close_code().await, 4009);
    assert_eq!(resumed(&sim, &session, 1).await["op"], 9);
}

/// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>
#[tokio::test]
async fn each_close_code_leaves_the_session_as_documented() {
    for (code, goes_on) in [
        (4000, true),
        (4001, true),
        (4002, true),
        (4003, true),
        (4004, false),
        (4005, true),
        (4007, false),
        (4008, true),
        (4009, false),
        (4010, false),
        (4011, false),
        (4012, false),
        (4013, false),
        (4014, false),
    ] {
        let sim = sim().await;
        let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
        wire.event("GUILD_CREATE").await;
        let session = wire.ready()["session_id"].clone();
        sim.close_gateway(code);
        assert_eq!(wire.close_code().await, code);
        let op = if goes_on { 0 } else { 9 };
        assert_eq!(resumed(&sim, &session, 2).await["op"], op, "{code}");
    }
}

#[tokio::test]
async fn a_session_has_one_connection_the_newest() {
    let sim = sim().await;
    let mut old = Wire::identified(&sim, ALL_INTENTS).await;
    old.event("GUILD_CREATE").await;
    let session = old.ready()["session_id"].clone();
    assert_eq!(resumed(&sim, &session, 2).await["t"], "RESUMED");
    assert_eq!(old.next().await, crate::support::Got::Cut);
}

#[tokio::test]
async fn a_shard_with_more_than_2500_guilds_has_to_be_split() {
    let world = (0..2_501).fold(World::new(), |world, n| {
        world.guild(GuildSpec::new(&format!("guild-{n}"), "owner"))
    });
    let sim = builder().world(world).start().await.unwrap();
    let mut wire = Wire::connect(&sim).await;
    wire.send(2, identify(&sim, 0)).await;
    assert_eq!(wire.close_code().await, 4011);
    let answer = Rest::new(&sim).ok("GET", "/gateway/bot", Value::Null).await;
    assert_eq!(answer["shards"], 3);
    let mut wire = Wire::connect(&sim).await;
    let mut data = identify(&sim, 0);
    data["shard"] = json!([1, 3]);
    wire.send(2, data).await;
    assert_eq!(wire.event("READY").await["shard"], json!([1, 3]));
}

#[tokio::test]
async fn shards_of_one_bucket_identify_five_seconds_apart() {
    let limit = SessionStarts {
        total: 1_000,
        max_concurrency: 2,
    };
    let sim = builder().session_starts(limit).start().await.unwrap();
    let start = async |shard: u64| {
        let mut wire = Wire::connect(&sim).await;
        let mut data = identify(&sim, 0);
        data["shard"] = json!([shard, 4]);
        wire.send(2, data).await;
        let frame = wire.frame().await;
        frame["op"].as_u64()
    };
    assert_eq!(start(0).await, Some(0));
    assert_eq!(start(1).await, Some(0), "another bucket");
    assert_eq!(start(2).await, Some(9), "the bucket of shard 0");
    sim.clock().advance(Duration::from_secs(5));
    assert_eq!(start(2).await, Some(0));
}

#[tokio::test]
async fn one_who_identifies_too_often_in_a_day_loses_everything() {
    let limit = SessionStarts {
        total: 2,
        max_concurrency: 16,
    };
    let sim = builder().session_starts(limit).start().await.unwrap();
    let rest = Rest::new(&sim);
    let left = async || {
        let answer = rest.ok("GET", "/gateway/bot", Value::Null).await;
        answer["session_start_limit"]["remaining"].clone()
    };
    assert_eq!(left().await, 2);
    let mut one = Wire::identified(&sim, 0).await;
    sim.clock().advance(Duration::from_secs(5));
    let mut two = Wire::identified(&sim, 0).await;
    assert_eq!(left().await, 0);
    sim.clock().advance(Duration::from_secs(5));
    let mut three = Wire::connect(&sim).await;
    three.send(2, identify(&sim, 0)).await;
    for wire in [&mut one, &mut two, &mut three] {
        assert_eq!(wire.close_code().await, 4004);
    }
    let mut later = Wire::connect(&sim).await;
    later.send(2, identify(&sim, 0)).await;
    assert_eq!(later.close_code().await, 4004);
}

fn builder() -> SimBuilder {
    Sim::builder().clock(SimClock::fixed(START_MS))
}

/// The first frame after a wish to go on with a session.
async fn resumed(sim: &Sim, session: &Value, seq: u64) -> Value {
    let mut wire = Wire::connect(sim).await;
    let resume = json!({"token": sim.token(), "session_id": text(session), "seq": seq});
    wire.send(6, resume).await;
    wire.frame().await
}
