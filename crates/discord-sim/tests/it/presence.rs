//! Who is online, who is in a voice channel, and guilds that are away.

use discord_sim::{Act, Edit, GuildSpec, Sim, SimClock, Status, World};
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, START_MS, Wire, act, id, identify};

const GUILDS: u64 = 1;
const GUILD_MEMBERS: u64 = 1 << 1;
const GUILD_VOICE_STATES: u64 = 1 << 7;
const GUILD_PRESENCES: u64 = 1 << 8;

#[tokio::test]
async fn those_with_the_intent_are_told_who_comes_and_goes() {
    let sim = hall(3).await;
    let mut told = started(&sim, GUILDS | GUILD_PRESENCES).await;
    let mut not_told = started(&sim, GUILDS | GUILD_MEMBERS).await;
    for status in [Status::Idle, Status::Offline] {
        set(&sim, "person-1", status);
    }
    let update = told.event("PRESENCE_UPDATE").await;
    assert_eq!(update["user"]["id"], id(sim.user_id("person-1")));
    assert_eq!(update["status"], "idle");
    assert_eq!(told.event("PRESENCE_UPDATE").await["status"], "offline");
    assert!(not_told.drain().await.is_empty());
}

#[tokio::test]
async fn the_bot_says_what_it_is_doing() {
    let sim = hall(0).await;
    let mut wire = started(&sim, ALL_INTENTS).await;
    let activity = json!({"name": "the hall", "type": 3});
    let presence = json!({"since": null, "activities": [activity], "status": "dnd", "afk": false});
    wire.send(3, presence).await;
    let update = wire.event("PRESENCE_UPDATE").await;
    assert_eq!(update["user"]["id"], sim.bot_id().to_string());
    assert_eq!(
        (&update["status"], &update["activities"][0]["name"]),
        (&json!("dnd"), &json!("the hall"))
    );
    wire.send(3, json!({"status": "asleep"})).await;
    assert_eq!(wire.close_code().await, 4002);
}

#[tokio::test]
async fn of_a_large_guild_only_those_are_named_who_are_there() {
    let sim = hall(60).await;
    set(&sim, "person-7", Status::Online);
    let names = async |intents: u64, threshold: u64| {
        let mut wire = Wire::connect(&sim).await;
        let mut data = identify(&sim, intents);
        data["large_threshold"] = json!(threshold);
        wire.send(2, data).await;
        let guild = wire.event("GUILD_CREATE").await;
        let presences = guild["presences"].as_array().unwrap().len();
        (guild["members"].as_array().unwrap().len(), presences)
    };
    let (bot, owner, online) = (1, 1, 1);
    assert_eq!(names(GUILDS | GUILD_MEMBERS, 50).await, (bot, 0));
    // The bot is online as well.
    assert_eq!(names(GUILDS | GUILD_PRESENCES, 50).await, (bot + online, 2));
    assert_eq!(
        names(GUILDS | GUILD_PRESENCES, 250).await,
        (bot + owner + 60, 2)
    );
}

#[tokio::test]
async fn people_join_and_leave_voice_channels() {
    let sim = hall(1).await;
    let mut told = started(&sim, GUILDS | GUILD_VOICE_STATES).await;
    let mut not_told = started(&sim, GUILDS).await;
    voice(&sim, "person-0", Some("stage"));
    let state = told.event("VOICE_STATE_UPDATE").await;
    assert_eq!(state["channel_id"], id(sim.channel_id("stage")));
    assert_eq!(state["member"]["user"]["username"], "person-0");

    let mut late = Wire::identified(&sim, GUILDS | GUILD_VOICE_STATES).await;
    let guild = late.event("GUILD_CREATE").await;
    assert_eq!(guild["voice_states"].as_array().unwrap().len(), 1);
    assert_eq!(guild["members"].as_array().unwrap().len(), 2, "and the bot");

    voice(&sim, "person-0", None);
    assert_eq!(
        told.event("VOICE_STATE_UPDATE").await["channel_id"],
        Value::Null
    );
    voice(&sim, "person-0", Some("stage"));
    act(&sim, &Act::new("person-0", discord_sim::What::Leave));
    told.event("VOICE_STATE_UPDATE").await;
    assert_eq!(
        told.event("VOICE_STATE_UPDATE").await["channel_id"],
        Value::Null,
        "who leaves the guild leaves the channel"
    );
    assert!(not_told.drain().await.is_empty());
    let wrong = Edit::Voice {
        person: "owner".to_owned(),
        channel: Some("hall".to_owned()),
    };
    sim.mutate(&wrong).unwrap_err();
}

#[tokio::test]
async fn the_bot_joins_a_voice_channel_and_waits_for_a_server() {
    let sim = hall(0).await;
    let mut wire = started(&sim, ALL_INTENTS).await;
    let guild = sim.guild_id().to_string();
    let stage = id(sim.channel_id("stage"));
    let join =
        json!({"guild_id": guild, "channel_id": stage, "self_mute": true, "self_deaf": false});
    wire.send(4, join).await;
    let voice = wire.event("VOICE_STATE_UPDATE").await;
    assert_eq!(
        (&voice["user_id"], &voice["self_mute"]),
        (&json!(sim.bot_id().to_string()), &json!(true))
    );
    let server = wire.event("VOICE_SERVER_UPDATE").await;
    assert_eq!(server["endpoint"], Value::Null);
}

#[tokio::test]
async fn nothing_is_told_of_a_guild_in_an_outage() {
    let sim = hall(1).await;
    let guild = sim.guild_id();
    let mut wire = started(&sim, ALL_INTENTS).await;
    sim.set_guild_available(guild, false);
    let gone = wire.event("GUILD_DELETE").await;
    assert_eq!(gone, json!({"id": guild.to_string(), "unavailable": true}));
    act(&sim, &Act::say("owner", "anyone?").in_channel("hall"));
    assert!(wire.drain().await.is_empty());

    let mut late = Wire::identified(&sim, ALL_INTENTS).await;
    assert_eq!(late.ready()["guilds"][0]["unavailable"], true);
    assert!(late.drain().await.is_empty());

    sim.set_guild_available(guild, true);
    for wire in [&mut wire, &mut late] {
        assert_eq!(wire.event("GUILD_CREATE").await["unavailable"], false);
    }
    act(&sim, &Act::say("owner", "here again").in_channel("hall"));
    assert_eq!(wire.event("MESSAGE_CREATE").await["content"], "here again");
}

#[tokio::test]
async fn a_bot_that_is_kicked_learns_that_the_guild_is_gone() {
    let sim = hall(0).await;
    let mut wire = started(&sim, ALL_INTENTS).await;
    let kick = Edit::Kick {
        by: "owner".to_owned(),
        target: "Rookery".to_owned(),
        reason: None,
    };
    sim.mutate(&kick).unwrap();
    act(&sim, &Act::say("owner", "at last").in_channel("hall"));
    let frames = wire.drain().await;
    let guild = json!({"id": sim.guild_id().to_string()});
    assert_eq!(frames.len(), 1);
    assert_eq!(
        (&frames[0]["t"], &frames[0]["d"]),
        (&json!("GUILD_DELETE"), &guild)
    );
}

#[tokio::test]
async fn requests_that_discord_would_not_answer_are_not_answered() {
    let sim = hall(3).await;
    let guild = sim.guild_id().to_string();
    let mut wire = started(&sim, GUILDS).await;
    for request in [
        json!({"guild_id": guild, "query": "", "limit": 0}),
        json!({"guild_id": guild, "query": "p", "limit": 1, "presences": true}),
        json!({"guild_id": guild, "query": "p"}),
        json!({"guild_id": guild, "user_ids": vec!["1"; 101]}),
        json!({"guild_id": "5", "query": "p", "limit": 1}),
        json!({"guild_id": guild}),
    ] {
        wire.send(8, request).await;
    }
    assert!(wire.drain().await.is_empty());

    let long = "n".repeat(33);
    wire.send(
        8,
        json!({"guild_id": guild, "query": "PERSON", "limit": 2, "nonce": long}),
    )
    .await;
    let chunk = wire.event("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["members"].as_array().unwrap().len(), 2);
    assert_eq!(chunk.get("nonce"), None);

    let mut wire = started(&sim, GUILDS | GUILD_PRESENCES).await;
    set(&sim, "person-2", Status::Online);
    let known = id(sim.user_id("person-2"));
    wire.send(
        8,
        json!({"guild_id": guild, "user_ids": known, "presences": true}),
    )
    .await;
    let chunk = wire.event("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["presences"][0]["status"], "online");
    assert_eq!(chunk["not_found"], json!([]));
}

/// A guild with an owner, the bot, so many others, a text channel and a voice channel.
async fn hall(people: usize) -> Sim {
    let guild = GuildSpec::new("Hall", "owner")
        .channel("hall")
        .voice_channel("stage");
    let guild = (0..people).fold(guild, |guild, n| guild.member(&format!("person-{n}"), &[]));
    Sim::builder()
        .world(World::new().guild(guild))
        .clock(SimClock::fixed(START_MS))
        .start()
        .await
        .unwrap()
}

async fn started(sim: &Sim, intents: u64) -> Wire {
    let mut wire = Wire::identified(sim, intents).await;
    wire.event("GUILD_CREATE").await;
    wire
}

fn set(sim: &Sim, person: &str, status: Status) {
    let person = person.to_owned();
    sim.mutate(&Edit::Presence { person, status }).unwrap();
}

fn voice(sim: &Sim, person: &str, channel: Option<&str>) {
    let (person, channel) = (person.to_owned(), channel.map(str::to_owned));
    sim.mutate(&Edit::Voice { person, channel }).unwrap();
}
