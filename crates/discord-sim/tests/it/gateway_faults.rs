//! What can be made to go wrong with the gateway.

use std::time::Duration;

use discord_sim::{Act, GatewayFault, GuildSpec, Sim, SimClock, World};
use futures_util::FutureExt;
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, Got, START_MS, Wire, act, identify, sim};

#[tokio::test]
async fn nothing_passes_a_partition_and_nothing_is_lost_in_it() {
    let sim = sim().await;
    let mut wire = started(&sim).await;
    sim.fault_gateway(GatewayFault::Partition);
    act(&sim, &Act::say("alice", "hello?"));
    wire.send(1, json!(2)).await;
    // A connection that is made meanwhile hears nothing either, and what waits for clients does not
    // wait for those who hear nothing.
    let mut late = Wire::open(&sim, "v=10").await;
    sim.settled().await;
    assert!(wire.next().now_or_never().is_none());
    assert!(late.next().now_or_never().is_none());
    assert!(sim.connected().now_or_never().is_none());

    sim.end_gateway_fault(GatewayFault::Partition);
    assert_eq!(wire.event("MESSAGE_CREATE").await["content"], "hello?");
    assert_eq!(wire.frame().await["op"], 11);
    assert_eq!(late.frame().await["op"], 10);
}

#[tokio::test]
async fn a_partition_is_nothing_that_a_client_can_be_blamed_for() {
    let interval = Duration::from_millis(50);
    let sim = Sim::builder()
        .heartbeat_interval(interval)
        .start()
        .await
        .unwrap();
    let mut wire = started(&sim).await;
    sim.fault_gateway(GatewayFault::Partition);
    // That nothing happens in a time can only be seen by letting it pass.
    tokio::time::sleep(3 * interval).await;
    sim.end_gateway_fault(GatewayFault::Partition);
    assert_eq!(wire.answer_or_code().await, None);
}

#[tokio::test]
async fn heartbeats_can_stay_without_an_answer() {
    let sim = sim().await;
    let mut wire = started(&sim).await;
    sim.fault_gateway(GatewayFault::WithholdAcks);
    wire.send(1, json!(2)).await;
    act(&sim, &Act::say("alice", "still here"));
    assert_eq!(wire.frame().await["t"], "MESSAGE_CREATE");
    sim.end_gateway_fault(GatewayFault::WithholdAcks);
    assert_eq!(wire.answer_or_code().await, None);
}

#[tokio::test]
async fn ready_can_be_late() {
    let sim = sim().await;
    sim.fault_gateway(GatewayFault::DelayReady);
    let mut wire = Wire::connect(&sim).await;
    wire.send(2, identify(&sim, ALL_INTENTS)).await;
    assert_eq!(wire.drain().await, Vec::<Value>::new());
    act(&sim, &Act::say("alice", "before anyone was there"));
    sim.end_gateway_fault(GatewayFault::DelayReady);
    assert_eq!(wire.frame().await["t"], "READY");
    assert_eq!(wire.drain_names().await, ["GUILD_CREATE"]);
}

#[tokio::test]
async fn a_second_identify_while_ready_is_late_is_one_too_many() {
    let sim = sim().await;
    sim.fault_gateway(GatewayFault::DelayReady);
    let mut wire = Wire::connect(&sim).await;
    wire.send(2, identify(&sim, ALL_INTENTS)).await;
    wire.send(2, identify(&sim, ALL_INTENTS)).await;
    assert_eq!(wire.close_code().await, 4005);
}

#[tokio::test]
async fn guilds_overtake_each_other_and_each_keeps_its_order() {
    let guild = |name: &str| GuildSpec::new(name, "owner").channel(name);
    let sim = Sim::builder()
        .world(World::new().guild(guild("one")).guild(guild("other")))
        .clock(SimClock::fixed(START_MS))
        .start()
        .await
        .unwrap();
    let mut wire = started(&sim).await;
    wire.drain().await;
    sim.fault_gateway(GatewayFault::Reorder);
    let said = ["one", "one", "other", "one", "other", "other"];
    for (n, channel) in said.into_iter().enumerate() {
        let text = format!("{channel} {n}");
        act(&sim, &Act::say("owner", &text).in_channel(channel));
    }
    let mut told = Vec::new();
    let mut numbers = Vec::new();
    for _ in said {
        // The last one waits for a moment, and comes although nothing overtakes it.
        let frame = wire.told().await;
        told.push(frame["d"]["content"].as_str().unwrap().to_owned());
        numbers.push(frame["s"].as_u64().unwrap());
    }
    assert!(numbers.is_sorted(), "numbers follow the order of sending");
    assert_eq!(
        told,
        ["one 0", "other 2", "one 1", "other 4", "one 3", "other 5"]
    );
}

#[tokio::test]
async fn what_was_held_back_is_not_lost_with_the_connection() {
    let sim = sim().await;
    let mut wire = started(&sim).await;
    let session = wire.ready()["session_id"].clone();
    sim.fault_gateway(GatewayFault::Reorder);
    act(&sim, &Act::say("alice", "hello"));
    sim.cut_gateway();
    while wire.next().await != Got::Cut {}
    let mut again = Wire::connect(&sim).await;
    let resume = json!({"token": sim.token(), "session_id": session, "seq": 2});
    again.send(6, resume).await;
    assert_eq!(again.told().await["d"]["content"], "hello");
    assert_eq!(again.told().await["t"], "RESUMED");
}

#[tokio::test]
async fn a_resume_can_bring_again_what_was_taken_already() {
    let sim = sim().await;
    let mut wire = started(&sim).await;
    let session = wire.ready()["session_id"].clone();
    for text in ["three", "four", "five"] {
        act(&sim, &Act::say("alice", text));
    }
    wire.drain().await;
    sim.fault_gateway(GatewayFault::Duplicate(2));
    sim.cut_gateway();
    let mut again = Wire::connect(&sim).await;
    let resume = json!({"token": sim.token(), "session_id": session, "seq": 5});
    again.send(6, resume).await;
    let mut told = Vec::new();
    for _ in 0..3 {
        let frame = again.told().await;
        told.push((frame["s"].clone(), frame["t"].clone()));
    }
    let expected = [
        (json!(4), json!("MESSAGE_CREATE")),
        (json!(5), json!("MESSAGE_CREATE")),
        (json!(6), json!("RESUMED")),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn the_transcript_names_every_fault_of_the_gateway() {
    let sim = sim().await;
    let guild = sim.guild_id();
    sim.cut_gateway();
    sim.close_gateway(4008);
    sim.fault_gateway(GatewayFault::Duplicate(3));
    sim.end_gateway_fault(GatewayFault::Duplicate(3));
    sim.invalidate_session(true);
    sim.reconnect_request();
    sim.set_guild_available(guild, false);
    let transcript = sim.transcript();
    let lines: Vec<&str> = transcript.lines().map(str::trim).collect();
    assert_eq!(
        lines,
        [
            "! gateway: cut",
            "! gateway: closed with 4008",
            "! gateway: the newest 3 events again after a resume",
            "! gateway: ended: the newest 3 events again after a resume",
            "! gateway: session invalidated",
            "! gateway: asked to reconnect",
            "! gateway: Rookery is in an outage",
        ]
    );
}

/// A client that has read READY and one guild.
async fn started(sim: &Sim) -> Wire {
    let mut wire = Wire::identified(sim, ALL_INTENTS).await;
    wire.event("GUILD_CREATE").await;
    wire
}
