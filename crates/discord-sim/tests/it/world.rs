//! The default world, and worlds that others describe.

use discord_sim::{GuildSpec, Sim, World, permissions as p};
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, Rest, Wire, id, sim};

async fn guild_of(sim: &Sim) -> Value {
    let mut wire = Wire::identified(sim, ALL_INTENTS).await;
    wire.event("GUILD_CREATE").await
}

fn names<'a>(list: &'a Value, name: &str) -> Vec<&'a str> {
    let list = list.as_array().unwrap();
    list.iter()
        .map(|item| item.pointer(name).unwrap().as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_default_world_is_as_documented() {
    let sim = sim().await;
    let mut guild = guild_of(&sim).await;
    assert_eq!(guild["name"], "Rookery");
    assert_eq!(guild["owner_id"], id(sim.user_id("owner")));
    assert_eq!(
        names(&guild["channels"], "/name"),
        ["general", "random", "mod-log"]
    );
    let mut people = names(&guild["members"], "/user/username");
    people.sort_unstable();
    assert_eq!(
        people,
        ["Rookery", "admin", "alice", "bob", "mod", "owner", "troll"]
    );

    let roles = guild["roles"].as_array_mut().unwrap();
    roles.sort_by_key(|role| role["position"].as_i64());
    assert_eq!(
        names(&guild["roles"], "/name"),
        ["@everyone", "Moderator", "Rookery", "Admin"]
    );
    let bits = |index: usize| guild["roles"][index]["permissions"].clone();
    let moderator = p::KICK_MEMBERS
        | p::BAN_MEMBERS
        | p::MODERATE_MEMBERS
        | p::MANAGE_MESSAGES
        | p::VIEW_AUDIT_LOG;
    assert_eq!(bits(1), moderator.to_string());
    assert_eq!(bits(3), p::ADMINISTRATOR.to_string());
    assert_eq!(
        guild["roles"][2]["tags"]["bot_id"],
        sim.bot_id().to_string()
    );

    let role_names = |person: &str| {
        let members = guild["members"].as_array().unwrap();
        let member = members
            .iter()
            .find(|m| m["user"]["username"] == person)
            .unwrap();
        let roles = member["roles"].as_array().unwrap();
        let name = |id: &Value| {
            let all = guild["roles"].as_array().unwrap();
            all.iter().find(|role| role["id"] == *id).unwrap()["name"].clone()
        };
        roles.iter().map(name).collect::<Value>()
    };
    for (person, roles) in [
        ("owner", json!([])),
        ("admin", json!(["Admin"])),
        ("mod", json!(["Moderator"])),
        ("alice", json!([])),
        ("bob", json!([])),
        ("troll", json!([])),
        ("Rookery", json!(["Rookery"])),
    ] {
        assert_eq!(role_names(person), roles, "{person}");
    }
}

#[tokio::test]
async fn the_bot_of_the_default_world_may_do_what_moderation_needs() {
    let sim = sim().await;
    let guilds = Rest::new(&sim)
        .ok("GET", "/users/@me/guilds", Value::Null)
        .await;
    let bits: u64 = guilds[0]["permissions"].as_str().unwrap().parse().unwrap();
    let needed = p::BAN_MEMBERS
        | p::KICK_MEMBERS
        | p::MODERATE_MEMBERS
        | p::MANAGE_MESSAGES
        | p::MANAGE_ROLES
        | p::MANAGE_CHANNELS
        | p::MANAGE_NICKNAMES
        | p::VIEW_AUDIT_LOG
        | p::VIEW_CHANNEL
        | p::SEND_MESSAGES
        | p::EMBED_LINKS
        | p::READ_MESSAGE_HISTORY
        | p::ATTACH_FILES;
    assert_eq!(bits & needed, needed);
    assert_eq!(bits & p::ADMINISTRATOR, 0);
}

#[tokio::test]
async fn a_seed_decides_every_id() {
    let start = async |seed| Sim::builder().seed(seed).start().await.unwrap();
    let (one, same, other) = (start(1).await, start(1).await, start(2).await);
    let ids = |sim: &Sim| {
        (
            sim.guild_id(),
            sim.bot_id(),
            sim.channel_id("general"),
            sim.user_id("mod"),
        )
    };
    assert_eq!(ids(&one), ids(&same));
    assert_ne!(ids(&one), ids(&other));
}

#[tokio::test]
async fn a_world_has_what_its_description_says() {
    let library = GuildSpec::new("Library", "librarian")
        .everyone(p::VIEW_CHANNEL)
        .role("Reader", p::SEND_MESSAGES)
        .channel("desk")
        .overwrite("desk", "ada", 0, p::VIEW_CHANNEL)
        .member("ada", &["Reader"]);
    let world = World::new()
        .guild(library)
        .guild(GuildSpec::new("Annex", "librarian"))
        .person("passer-by")
        .bot_name("Page");
    let sim = Sim::builder().world(world).start().await.unwrap();
    let guild = guild_of(&sim).await;
    assert_eq!(guild["name"], "Library");
    assert_eq!(guild["id"], sim.guild_id().to_string());
    assert_eq!(sim.user_id("Page"), Some(sim.bot_id()));
    assert!(
        sim.user_id("passer-by")
            .is_some_and(|user| !sim.is_member(user))
    );
    let overwrite = &guild["channels"][0]["permission_overwrites"][0];
    let ada = id(sim.user_id("ada"));
    assert_eq!(
        *overwrite,
        json!({"id": ada, "type": 1, "allow": "0", "deny": "1024"})
    );
    // The bot's role stands at the bottom when no place was named for it.
    let roles = guild["roles"].as_array().unwrap();
    let bots = roles.iter().find(|role| role["name"] == "Page").unwrap();
    assert_eq!(
        (&bots["position"], &bots["permissions"]),
        (&json!(1), &json!("0"))
    );
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error_that_names_it() {
    let sim = sim().await;
    let error = Sim::builder().port(sim.port()).start().await.unwrap_err();
    let expected = format!("port {} of 127.0.0.1 could not be opened", sim.port());
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_simulator_that_is_stopped_closes_its_connections_and_frees_its_port() {
    let sim = sim().await;
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    wire.event("GUILD_CREATE").await;
    let port = sim.port();
    sim.stop().await;
    assert_eq!(wire.next().await, crate::support::Got::Cut);
    Sim::builder().port(port).start().await.unwrap();
}
