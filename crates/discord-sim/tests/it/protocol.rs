//! The gateway's protocol, frame by frame.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use discord_sim::{Act, Sim, SimClock, Traffic};
use serde_json::json;

use crate::support::{ALL_INTENTS, Got, Rest, START_MS, Wire, act, identify, sim, text};

#[tokio::test]
async fn a_session_begins_with_hello_ready_and_the_guilds() {
    let sim = Sim::builder()
        .heartbeat_interval(Duration::from_millis(1_500))
        .start()
        .await
        .unwrap();
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    assert_eq!(wire.seen[0]["d"]["heartbeat_interval"], 1_500);
    let guild = wire.frame().await;
    assert_eq!(wire.seen[1]["s"], 1);
    assert_eq!(wire.ready()["guilds"][0]["unavailable"], true);
    assert_eq!(
        (&guild["t"], &guild["s"]),
        (&json!("GUILD_CREATE"), &json!(2))
    );
    assert_eq!(guild["d"]["id"], sim.guild_id().to_string());
    assert!(wire.drain().await.is_empty());
}

#[tokio::test]
async fn what_a_client_does_wrong_is_answered_with_its_close_code() {
    let sim = Sim::builder().privileged_intents(0).start().await.unwrap();
    let token = |token: &str| json!({"token": token, "intents": 1, "properties": {}});
    let sharded = json!({"token": sim.token(), "intents": 1, "shard": [2, 2]});
    let resume = |session: &str, token: &str, seq: u64| {
        let resume = json!({"token": token, "session_id": session, "seq": seq});
        json!({"op": 6, "d": resume})
    };
    let known = Wire::identified(&sim, 1).await;
    let session = known.ready()["session_id"].as_str().unwrap();
    let cases = [
        (4001, vec![json!({"op": 99, "d": null})]),
        (4003, vec![json!({"op": 3, "d": {}})]),
        (4003, vec![json!({"op": 8, "d": {}})]),
        (4004, vec![json!({"op": 2, "d": token("wrong")})]),
        (4004, vec![resume(session, "wrong", 1)]),
        (
            4005,
            vec![
                json!({"op": 2, "d": identify(&sim, 1)}),
                json!({"op": 2, "d": identify(&sim, 1)}),
            ],
        ),
        (
            4005,
            vec![
                json!({"op": 2, "d": identify(&sim, 1)}),
                resume(session, sim.token(), 1),
            ],
        ),
        (4007, vec![resume(session, sim.token(), 1_000)]),
        (4010, vec![json!({"op": 2, "d": sharded})]),
        (4013, vec![json!({"op": 2, "d": identify(&sim, 1 << 40)})]),
        (4013, vec![json!({"op": 2, "d": {"token": sim.token()}})]),
        (4014, vec![json!({"op": 2, "d": identify(&sim, 1 << 15)})]),
    ];
    for (code, frames) in cases {
        let mut wire = Wire::connect(&sim).await;
        for frame in &frames {
            wire.send_text(&frame.to_string()).await;
        }
        assert_eq!(wire.close_code().await, code, "{frames:?}");
    }
    let mut wire = Wire::connect(&sim).await;
    wire.send_text("{no json").await;
    assert_eq!(wire.close_code().await, 4002);
}

#[tokio::test]
async fn a_resume_brings_exactly_what_was_missed() {
    let sim = sim().await;
    let (mut wire, session) = started(&sim).await;
    act(&sim, &Act::say("alice", "one"));
    wire.drain().await;
    let seq = last_seq(&wire);
    sim.cut_gateway();
    assert_eq!(wire.next().await, Got::Cut);
    act(&sim, &Act::say("alice", "two"));
    act(&sim, &Act::say("bob", "three"));

    let mut again = resumed(&sim, &session, seq).await;
    let frames = again.drain().await;
    let told: Vec<_> = frames.iter().map(|f| (f["t"].as_str(), &f["s"])).collect();
    let expected = [
        (Some("MESSAGE_CREATE"), &json!(seq + 1)),
        (Some("MESSAGE_CREATE"), &json!(seq + 2)),
        (Some("RESUMED"), &json!(seq + 3)),
    ];
    assert_eq!(told, expected);
    assert_eq!(frames[1]["d"]["content"], "three");
}

#[tokio::test]
async fn a_session_that_is_gone_is_invalid_and_the_connection_can_begin_another() {
    let sim = sim().await;
    let mut wire = resumed(&sim, "session-of-old", 3).await;
    let frame = wire.frame().await;
    assert_eq!((&frame["op"], &frame["d"]), (&json!(9), &json!(false)));
    wire.send(2, identify(&sim, ALL_INTENTS)).await;
    wire.event("READY").await;
}

#[tokio::test]
async fn a_lost_session_can_be_resumed_for_five_minutes() {
    for (wait, op) in [(299, 0), (301, 9)] {
        let sim = sim().await;
        let (mut wire, session) = started(&sim).await;
        let seq = last_seq(&wire);
        sim.cut_gateway();
        assert_eq!(wire.next().await, Got::Cut);
        sim.clock().advance(Duration::from_secs(wait));
        let mut again = resumed(&sim, &session, seq).await;
        assert_eq!(again.frame().await["op"], op, "after {wait} s");
    }
}

#[tokio::test]
async fn a_client_that_says_goodbye_ends_its_session() {
    let sim = sim().await;
    let (mut wire, session) = started(&sim).await;
    let seq = last_seq(&wire);
    assert_eq!(wire.close().await, Got::Closed(1000));
    let mut again = resumed(&sim, &session, seq).await;
    assert_eq!(again.frame().await["op"], 9);
}

#[tokio::test]
async fn an_invalidated_session_can_be_resumed_only_when_it_says_so() {
    for (resumable, op) in [(true, 0), (false, 9)] {
        let sim = sim().await;
        let (mut wire, session) = started(&sim).await;
        sim.invalidate_session(resumable);
        let frame = wire.frame().await;
        assert_eq!((&frame["op"], &frame["d"]), (&json!(9), &json!(resumable)));
        let mut again = resumed(&sim, &session, last_seq(&wire)).await;
        assert_eq!(again.frame().await["op"], op, "resumable: {resumable}");
    }
}

#[tokio::test]
async fn a_client_that_is_asked_to_reconnect_goes_on_where_it_was() {
    let sim = sim().await;
    let (mut wire, session) = started(&sim).await;
    sim.reconnect_request();
    assert_eq!(wire.frame().await["op"], 7);
    let mut again = resumed(&sim, &session, last_seq(&wire)).await;
    assert_eq!(again.frame().await["t"], "RESUMED");
}

#[tokio::test]
async fn a_connection_is_closed_with_the_code_that_is_asked_for() {
    let sim = sim().await;
    let (mut wire, _) = started(&sim).await;
    sim.close_gateway(4000);
    assert_eq!(wire.close_code().await, 4000);
}

#[tokio::test]
async fn frames_are_compressed_when_both_sides_want_it() {
    for (server, client) in [(true, true), (true, false), (false, true)] {
        let sim = Sim::builder()
            .compression(server)
            .clock(SimClock::fixed(START_MS))
            .start()
            .await
            .unwrap();
        let mut wire = Wire::connect(&sim).await;
        let mut data = identify(&sim, ALL_INTENTS);
        data["compress"] = json!(client);
        wire.send(2, data).await;
        wire.event("GUILD_CREATE").await;
        assert_eq!(
            wire.compressed,
            server && client,
            "server {server}, client {client}"
        );
    }
}

#[tokio::test]
async fn at_rest_means_that_every_client_has_taken_every_event() {
    let sim = sim().await;
    let (mut wire, _) = started(&sim).await;
    act(&sim, &Act::say("alice", "hello"));
    let mut settled = Box::pin(sim.settled());
    let asked = tokio::select! {
        () = &mut settled => panic!("settled before the client has said anything"),
        asked = wire.frame() => asked,
    };
    assert_eq!(asked["t"], "MESSAGE_CREATE");
    let answer_all = async {
        loop {
            if wire.frame().await["op"] == 1 {
                let seq = last_seq(&wire);
                wire.send(1, json!(seq)).await;
            }
        }
    };
    tokio::select! {
        () = settled => {}
        () = answer_all => {}
    }
}

/// A client that has read READY and its guild, and the name of its session.
async fn started(sim: &Sim) -> (Wire, String) {
    let mut wire = Wire::identified(sim, ALL_INTENTS).await;
    wire.event("GUILD_CREATE").await;
    let session = text(&wire.ready()["session_id"]);
    (wire, session)
}

/// A new connection that has asked to go on with a session.
async fn resumed(sim: &Sim, session: &str, seq: u64) -> Wire {
    let mut wire = Wire::connect(sim).await;
    let resume = json!({"token": sim.token(), "session_id": session, "seq": seq});
    wire.send(6, resume).await;
    wire
}

fn last_seq(wire: &Wire) -> u64 {
    let mut newest_first = wire.seen.iter().rev();
    newest_first.find_map(|frame| frame["s"].as_u64()).unwrap()
}

#[tokio::test]
async fn at_rest_means_also_that_the_bot_counts_no_work_of_its_own() {
    let sim = sim().await;
    let work = Arc::new(AtomicUsize::new(1));
    let counter = Arc::clone(&work);
    sim.count_work(move || counter.load(Ordering::SeqCst));
    let mut settled = Box::pin(sim.settled());
    let soon = tokio::time::timeout(Duration::from_millis(20), &mut settled);
    soon.await.unwrap_err();
    work.store(0, Ordering::SeqCst);
    settled.await;
}

#[tokio::test]
async fn one_who_watches_sees_events_and_requests_as_they_pass() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let pass = Arc::clone(&seen);
    let sim = Sim::builder()
        .clock(SimClock::fixed(START_MS))
        .watch(move |traffic| {
            let what = match traffic {
                Traffic::Event { name, data } => format!("{name} {}", data["content"]),
                Traffic::Request { method, path, body } => format!("{method} {path} {body}"),
                _ => return,
            };
            pass.lock().unwrap().push(what);
        });
    let sim = sim.start().await.unwrap();
    let _wire = started(&sim).await;
    act(&sim, &Act::say("alice", "hello"));
    Rest::new(&sim).ok("GET", "/users/@me", json!(null)).await;
    let seen = seen.lock().unwrap();
    assert_eq!(*seen, ["MESSAGE_CREATE \"hello\"", "GET /users/@me null"]);
}
