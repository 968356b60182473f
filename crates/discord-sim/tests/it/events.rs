//! What the gateway says, as serenity understands it.

use std::collections::BTreeSet;

use discord_sim::Sim;
use poise::serenity_prelude::{Event, GatewayEvent};
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, Wire, sim};
use crate::walk::walk;

/// Every event that this simulator sends.
const EVENTS: [&str; 40] = [
    "CHANNEL_CREATE",
    "CHANNEL_DELETE",
    "CHANNEL_UPDATE",
    "GUILD_AUDIT_LOG_ENTRY_CREATE",
    "GUILD_BAN_ADD",
    "GUILD_BAN_REMOVE",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "GUILD_MEMBERS_CHUNK",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_REMOVE",
    "GUILD_MEMBER_UPDATE",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_DELETE",
    "GUILD_ROLE_UPDATE",
    "GUILD_UPDATE",
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_UPDATE",
    "CHANNEL_PINS_UPDATE",
    "GUILD_EMOJIS_UPDATE",
    "INVITE_CREATE",
    "INVITE_DELETE",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "MESSAGE_REACTION_REMOVE_EMOJI",
    "PRESENCE_UPDATE",
    "THREAD_CREATE",
    "THREAD_DELETE",
    "THREAD_MEMBERS_UPDATE",
    "THREAD_UPDATE",
    "TYPING_START",
    "VOICE_SERVER_UPDATE",
    "VOICE_STATE_UPDATE",
    "WEBHOOKS_UPDATE",
    "READY",
    "RESUMED",
];

#[tokio::test]
async fn every_event_parses_in_serenity_as_its_own_kind() {
    let sim = sim().await;
    let frames = walked(&sim).await;
    let mut kinds = BTreeSet::new();
    for frame in &frames {
        let event: GatewayEvent = serde_json::from_value(frame.clone())
            .unwrap_or_else(|error| panic!("{error} in {frame:#}"));
        let Some(kind) = frame["t"].as_str() else {
            continue;
        };
        let GatewayEvent::Dispatch(_, event) = event else {
            panic!("not an event: {frame:#}");
        };
        kinds.insert(kind);
        // serenity wants more of it than Discord sends.
        if kind == "MESSAGE_REACTION_REMOVE_EMOJI" {
            continue;
        }
        assert!(!matches!(event, Event::Unknown(_)), "unknown: {frame:#}");
        assert_eq!(event.name().as_deref(), Some(kind));
        if let Event::GuildCreate(created) = &event {
            let sent = |key: &str| frame["d"][key].as_array().unwrap().len();
            assert_eq!(created.guild.channels.len(), sent("channels"));
            assert_eq!(created.guild.roles.len(), sent("roles"));
            assert_eq!(created.guild.members.len(), sent("members"));
        }
    }
    assert_eq!(kinds, BTreeSet::from(EVENTS));
    assert_eq!(sim.unimplemented(), Vec::<String>::new());
}

#[tokio::test]
async fn the_numbers_of_the_events_rise_by_one_from_one() {
    let sim = sim().await;
    let frames = walked(&sim).await;
    let numbers: Vec<u64> = frames.iter().filter_map(|f| f["s"].as_u64()).collect();
    let expected: Vec<u64> = (1..).take(numbers.len()).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn two_runs_with_one_seed_are_equal() {
    let (one, other) = (sim().await, sim().await);
    let (first, second) = (walked(&one).await, walked(&other).await);
    assert_eq!(without_port(&one, &first), without_port(&other, &second));
    assert_eq!(one.shown(0), other.shown(0));
}

/// The port is the only thing that two simulators do not share.
fn without_port(sim: &Sim, frames: &[Value]) -> Vec<String> {
    let address = format!("127.0.0.1:{}", sim.port());
    let text = |frame: &Value| frame.to_string().replace(&address, "address");
    frames.iter().map(text).collect()
}

/// Every frame of a walk through everything, with a resume at its end.
async fn walked(sim: &Sim) -> Vec<Value> {
    let mut wire = Wire::identified(sim, ALL_INTENTS).await;
    let session = wire.ready()["session_id"].clone();
    walk(sim, &mut wire).await;
    wire.drain().await;
    let last = wire.seen.iter().rev().find_map(|frame| frame["s"].as_u64());
    sim.cut_gateway();
    let mut again = Wire::connect(sim).await;
    let resume = json!({"token": sim.token(), "session_id": session, "seq": last});
    again.send(6, resume).await;
    again.event("RESUMED").await;
    wire.seen.extend(again.seen.split_off(1));
    wire.seen
}
