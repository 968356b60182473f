//! Who is told of what: shards, intents, permissions, and members on request.

use discord_sim::{Act, Edit, GuildSpec, Sim, SimClock, World, permissions};
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, Rest, START_MS, Wire, act, id, identify, sim};

const GUILDS: u64 = 1;
const GUILD_MEMBERS: u64 = 1 << 1;
const GUILD_MODERATION: u64 = 1 << 2;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;
/// What a moderation bot asks for.
const MODERATION: u64 =
    GUILDS | GUILD_MEMBERS | GUILD_MODERATION | GUILD_MESSAGES | DIRECT_MESSAGES | MESSAGE_CONTENT;

#[tokio::test]
async fn each_shard_has_its_guilds_and_the_first_has_the_direct_messages() {
    let guild = |name: &str| GuildSpec::new(name, "owner").channel(name);
    let world = (0..6).fold(World::new(), |world, n| {
        world.guild(guild(&format!("g{n}")))
    });
    let sim = with_world(world).await;
    let mut told = Vec::new();
    for shard in 0..2 {
        let mut wire = Wire::connect(&sim).await;
        let mut data = identify(&sim, ALL_INTENTS);
        data["shard"] = json!([shard, 2]);
        wire.send(2, data).await;
        let ready = wire.event("READY").await;
        assert_eq!(ready["shard"], json!([shard, 2]));
        let guilds = wire.drain().await;
        let ids = guilds.iter().map(|f| f["d"]["id"].as_str().unwrap());
        let ids: Vec<u64> = ids.map(|id| id.parse().unwrap()).collect();
        assert!(ids.iter().all(|id| (id >> 22) % 2 == shard));
        told.push((wire, ids.len()));
    }
    assert_eq!(told.iter().map(|(_, guilds)| guilds).sum::<usize>(), 6);
    assert!(told.iter().all(|(_, guilds)| *guilds > 0));

    for n in 0..6 {
        act(&sim, &Act::say("owner", "hi").in_channel(&format!("g{n}")));
    }
    act(&sim, &Act::say("owner", "hi").in_dm());
    for (shard, (wire, guilds)) in told.iter_mut().enumerate() {
        let direct = usize::from(shard == 0);
        assert_eq!(wire.drain_names().await.len(), *guilds + direct);
    }
}

#[tokio::test]
async fn two_sessions_of_one_shard_are_both_told() {
    let sim = sim().await;
    let mut one = Wire::identified(&sim, ALL_INTENTS).await;
    let mut other = Wire::identified(&sim, ALL_INTENTS).await;
    one.drain().await;
    other.drain().await;
    act(&sim, &Act::say("alice", "hello"));
    for wire in [&mut one, &mut other] {
        assert_eq!(wire.drain_names().await, ["MESSAGE_CREATE"]);
    }
}

#[tokio::test]
async fn a_session_is_told_only_of_what_it_asked_for() {
    let ban = |sim: &Sim| {
        let (by, target) = ("mod".to_owned(), "troll".to_owned());
        let (reason, delete_seconds) = (None, 60);
        let ban = Edit::Ban {
            by,
            target,
            reason,
            delete_seconds,
        };
        sim.mutate(&ban).unwrap();
    };
    for (intents, expected) in [
        (GUILDS, &[][..]),
        (GUILDS | GUILD_MEMBERS, &["GUILD_MEMBER_REMOVE"]),
        (
            GUILDS | GUILD_MODERATION,
            &["GUILD_BAN_ADD", "GUILD_AUDIT_LOG_ENTRY_CREATE"],
        ),
        (
            GUILDS | GUILD_MESSAGES,
            &["MESSAGE_CREATE", "MESSAGE_DELETE_BULK"],
        ),
        (
            MODERATION,
            &[
                "MESSAGE_CREATE",
                "MESSAGE_CREATE",
                "GUILD_BAN_ADD",
                "GUILD_MEMBER_REMOVE",
                "GUILD_AUDIT_LOG_ENTRY_CREATE",
                "MESSAGE_DELETE_BULK",
            ],
        ),
    ] {
        let sim = sim().await;
        let mut wire = identified(&sim, intents).await;
        act(&sim, &Act::say("mod", "hello").in_dm());
        act(&sim, &Act::say("troll", "spam"));
        ban(&sim);
        assert_eq!(wire.drain_names().await, expected, "intents {intents:#b}");
    }
}

#[tokio::test]
async fn without_its_intent_the_content_of_most_messages_is_hidden() {
    let sim = sim().await;
    let mut wire = identified(&sim, MODERATION & !MESSAGE_CONTENT).await;
    let content = |event: &Value| event["content"].as_str().unwrap().to_owned();
    act(&sim, &Act::say("alice", "a secret"));
    assert_eq!(content(&wire.event("MESSAGE_CREATE").await), "");
    act(&sim, &Act::say("alice", "hello, @bot"));
    let event = wire.event("MESSAGE_CREATE").await;
    assert!(content(&event).starts_with("hello, <@"));
    act(&sim, &Act::say("alice", "to you alone").in_dm());
    let event = wire.event("MESSAGE_CREATE").await;
    assert_eq!(content(&event), "to you alone");
    let path = format!("/channels/{}/messages", id(sim.channel_id("general")));
    let rest = Rest::new(&sim);
    rest.ok("POST", &path, json!({"content": "mine"})).await;
    assert_eq!(content(&wire.event("MESSAGE_CREATE").await), "mine");
}

#[tokio::test]
async fn without_presences_a_guild_comes_with_the_bot_as_its_only_member() {
    let sim = sim().await;
    let everyone = 7;
    for (intents, members) in [(MODERATION, 1), (ALL_INTENTS, everyone)] {
        let mut wire = Wire::identified(&sim, intents).await;
        let guild = wire.event("GUILD_CREATE").await;
        assert_eq!(guild["member_count"], everyone);
        assert_eq!(guild["members"].as_array().unwrap().len(), members);
        assert_eq!(guild["large"], false);
    }
}

#[tokio::test]
async fn a_guild_is_large_above_the_number_that_the_client_names() {
    let sim = with_world(crowd(60)).await;
    for (threshold, large) in [(None, true), (Some(61), true), (Some(62), false)] {
        let mut wire = Wire::connect(&sim).await;
        let mut data = identify(&sim, ALL_INTENTS);
        data["large_threshold"] = json!(threshold);
        wire.send(2, data).await;
        assert_eq!(wire.event("GUILD_CREATE").await["large"], large);
    }
}

#[tokio::test]
async fn the_bot_is_not_told_of_what_it_may_not_see() {
    let sim = sim().await;
    let mut wire = identified(&sim, MODERATION).await;
    let without = permissions::VIEW_CHANNEL | permissions::VIEW_AUDIT_LOG;
    sim.set_permissions(
        "Rookery",
        permissions::ALL & !without & !permissions::ADMINISTRATOR,
    )
    .unwrap();
    wire.drain().await;
    act(&sim, &Act::say("mod", "hidden").in_channel("mod-log"));
    assert_eq!(wire.drain_names().await, ["MESSAGE_CREATE"]);

    let channel = id(sim.channel_id("mod-log"));
    let role = id(sim.role_id("Rookery"));
    let path = format!("/channels/{channel}/permissions/{role}");
    let rest = Rest::new(&sim);
    rest.ok("DELETE", &path, Value::Null).await;
    wire.drain().await;
    act(&sim, &Act::say("mod", "hidden").in_channel("mod-log"));
    let nick = Edit::Nick {
        by: "owner".to_owned(),
        target: "alice".to_owned(),
        nick: Some("Al".to_owned()),
    };
    sim.mutate(&nick).unwrap();
    assert_eq!(wire.drain_names().await, ["GUILD_MEMBER_UPDATE"]);
}

#[tokio::test]
async fn members_come_in_chunks_of_a_thousand() {
    let sim = with_world(crowd(1_500)).await;
    let mut wire = identified(&sim, MODERATION).await;
    let guild_id = sim.guild_id().to_string();
    wire.send(
        8,
        json!({"guild_id": guild_id, "query": "", "limit": 0, "nonce": "n1"}),
    )
    .await;
    let chunks = [
        wire.event("GUILD_MEMBERS_CHUNK").await,
        wire.event("GUILD_MEMBERS_CHUNK").await,
    ];
    for (index, (chunk, count)) in chunks.iter().zip([1_000, 502]).enumerate() {
        assert_eq!(chunk["chunk_index"], index);
        assert_eq!(chunk["chunk_count"], 2);
        assert_eq!(chunk["nonce"], "n1");
        assert_eq!(chunk["members"].as_array().unwrap().len(), count);
    }

    let known = id(sim.user_id("person-7"));
    wire.send(8, json!({"guild_id": guild_id, "user_ids": [known, "5"]}))
        .await;
    let chunk = wire.event("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["members"][0]["user"]["username"], "person-7");
    assert_eq!(chunk["not_found"], json!(["5"]));

    wire.send(
        8,
        json!({"guild_id": guild_id, "query": "PERSON-100", "limit": 3}),
    )
    .await;
    let chunk = wire.event("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["members"].as_array().unwrap().len(), 3);
}

async fn with_world(world: World) -> Sim {
    let clock = SimClock::fixed(START_MS);
    Sim::builder()
        .world(world)
        .clock(clock)
        .start()
        .await
        .unwrap()
}

/// A guild with an owner, the bot and so many others.
fn crowd(people: usize) -> World {
    let guild = GuildSpec::new("Crowd", "owner").channel("general");
    let guild = (0..people).fold(guild, |guild, n| guild.member(&format!("person-{n}"), &[]));
    World::new().guild(guild)
}

/// A client that has read everything that belongs to the start.
async fn identified(sim: &Sim, intents: u64) -> Wire {
    let mut wire = Wire::identified(sim, intents).await;
    wire.event("GUILD_CREATE").await;
    wire
}
