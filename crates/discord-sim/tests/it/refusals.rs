//! What Discord refuses, with its status and code.

use std::time::Duration;

use discord_sim::{Act, Edit};
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, Strict, Wire, act, answer, callback, id, respond, text};

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let place = Strict::new().await;
    let Strict {
        guild,
        general,
        app,
        ..
    } = &place;
    let member = place.user("member");
    let (empty, role) = (Value::Null, place.role("Below"));
    for (code, method, path, body) in [
        (10003, "GET", "/channels/5".to_owned(), empty.clone()),
        (
            10003,
            "POST",
            "/channels/5/messages".to_owned(),
            json!({"content": "a"}),
        ),
        (10004, "GET", "/guilds/5".to_owned(), empty.clone()),
        (
            10004,
            "PUT",
            format!("/guilds/5/bans/{member}"),
            empty.clone(),
        ),
        (
            10007,
            "GET",
            format!("{guild}/members/{}", place.user("stranger")),
            empty.clone(),
        ),
        (
            10007,
            "DELETE",
            format!("{guild}/members/{}", place.user("stranger")),
            empty.clone(),
        ),
        (10008, "GET", format!("{general}/messages/5"), empty.clone()),
        (
            10008,
            "PATCH",
            format!("{general}/messages/5"),
            json!({"content": "a"}),
        ),
        (
            10008,
            "DELETE",
            format!("{general}/messages/5"),
            empty.clone(),
        ),
        (
            10009,
            "DELETE",
            format!("{general}/permissions/{role}"),
            empty.clone(),
        ),
        (10011, "GET", format!("{guild}/roles/5"), empty.clone()),
        (
            10011,
            "PUT",
            format!("{guild}/members/{member}/roles/5"),
            empty.clone(),
        ),
        (10013, "GET", "/users/5".to_owned(), empty.clone()),
        (10013, "PUT", format!("{guild}/bans/5"), empty.clone()),
        (
            10013,
            "POST",
            "/users/@me/channels".to_owned(),
            json!({"recipient_id": "5"}),
        ),
        (
            10015,
            "POST",
            format!("/webhooks/{}/none", place.sim.application_id()),
            json!({"content": "a"}),
        ),
        (
            10026,
            "GET",
            format!("{guild}/bans/{member}"),
            empty.clone(),
        ),
        (
            10026,
            "DELETE",
            format!("{guild}/bans/{member}"),
            empty.clone(),
        ),
        (
            10062,
            "POST",
            "/interactions/5/none/callback".to_owned(),
            json!({"type": 5}),
        ),
        (10063, "GET", format!("{app}/commands/5"), empty.clone()),
    ] {
        place.refuses((404, code), method, &path, body).await;
    }
}

#[tokio::test]
async fn what_the_bot_may_not_do_is_forbidden() {
    let place = Strict::new().await;
    let Strict { guild, hidden, .. } = &place;
    let quiet = format!("/channels/{}", id(place.sim.channel_id("quiet")));
    let admin = Edit::GiveRole {
        by: "owner".to_owned(),
        target: "member".to_owned(),
        role: "Admin".to_owned(),
    };
    let member = place.user("member");
    let to_shut = place.conversation("shut").await;
    let to_stranger = place.conversation("stranger").await;
    let (theirs, _) = place.message_of("member").await;
    let (owner, chief) = (place.user("owner"), place.user("chief"));
    let until = json!({"communication_disabled_until": "2024-01-02T00:00:00Z"});
    let (empty, hello) = (Value::Null, json!({"content": "hello"}));
    for (code, method, path, body) in [
        (50001, "GET", hidden.clone(), empty.clone()),
        (50001, "POST", format!("{hidden}/messages"), hello.clone()),
        (50001, "GET", format!("{hidden}/messages"), empty.clone()),
        (50013, "POST", format!("{quiet}/messages"), hello.clone()),
        (50013, "PATCH", quiet.clone(), json!({"topic": "a"})),
        (50013, "PATCH", guild.clone(), json!({"name": "Mine"})),
        (
            50013,
            "POST",
            format!("{guild}/bulk-ban"),
            json!({"user_ids": [member]}),
        ),
        (50013, "PUT", format!("{guild}/bans/{owner}"), empty.clone()),
        (50013, "PUT", format!("{guild}/bans/{chief}"), empty.clone()),
        (
            50013,
            "PUT",
            format!("{guild}/bans/{}", place.sim.bot_id()),
            empty.clone(),
        ),
        (
            50013,
            "DELETE",
            format!("{guild}/members/{chief}"),
            empty.clone(),
        ),
        (
            50013,
            "PATCH",
            format!("{guild}/members/{chief}"),
            until.clone(),
        ),
        (
            50013,
            "PATCH",
            format!("{guild}/members/{chief}"),
            json!({"nick": "a"}),
        ),
        (
            50013,
            "PUT",
            format!("{guild}/members/{member}/roles/{}", place.role("Above")),
            empty.clone(),
        ),
        (
            50013,
            "PUT",
            format!("{guild}/members/{member}/roles/{}", place.role("Rookery")),
            empty.clone(),
        ),
        (
            50013,
            "PATCH",
            format!("{guild}/roles/{}", place.role("Above")),
            json!({"name": "a"}),
        ),
        (
            50013,
            "DELETE",
            format!("{guild}/roles/{}", place.role("Admin")),
            empty.clone(),
        ),
        (
            50013,
            "POST",
            format!("{guild}/roles"),
            json!({"permissions": "8"}),
        ),
        (50005, "PATCH", theirs.clone(), hello.clone()),
        (50007, "POST", to_shut.clone(), hello.clone()),
        (50007, "POST", to_stranger.clone(), hello.clone()),
        (
            50007,
            "POST",
            "/users/@me/channels".to_owned(),
            json!({"recipient_id": place.sim.bot_id().to_string()}),
        ),
    ] {
        place.refuses((403, code), method, &path, body).await;
    }
    // An administrator cannot be put in timeout, however low they stand.
    let below = Edit::MoveRole {
        by: "owner".to_owned(),
        role: "Admin".to_owned(),
        position: 1,
    };
    place.sim.mutate(&admin).unwrap();
    place.sim.mutate(&below).unwrap();
    let path = format!("{guild}/members/{member}");
    place.refuses((403, 50013), "PATCH", &path, until).await;
    place
        .rest
        .ok("PUT", &format!("{guild}/bans/{member}"), empty)
        .await;
}

#[tokio::test]
async fn a_wrong_token_is_unauthorized() {
    let place = Strict::new().await;
    for token in ["", "Bot wrong", "sim.token.rookery"] {
        let url = format!("{}/api/v10/users/@me", place.sim.url());
        let request = place.rest.client.get(url).header("Authorization", token);
        let (status, body) = answer(request).await;
        assert_eq!((status, &body["code"]), (401, &json!(0)), "{token:?}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_a_bad_request() {
    let place = Strict::new().await;
    let Strict {
        guild,
        general,
        app,
        ..
    } = &place;
    let messages = format!("{general}/messages");
    let (_, old) = place.message_of("member").await;
    place.sim.clock().advance(Duration::from_hours(24 * 15));
    let (_, young) = place.message_of("member").await;
    let own = place.own_message().await;
    let commands: Vec<Value> = (0..101)
        .map(|n| json!({"name": format!("c{n}"), "description": "d"}))
        .collect();
    for (code, method, path, body) in [
        (50006, "POST", messages.clone(), json!({})),
        (50006, "POST", messages.clone(), json!({"content": "  "})),
        (50006, "PATCH", own, json!({"content": ""})),
        (
            50016,
            "POST",
            format!("{messages}/bulk-delete"),
            json!({"messages": [young]}),
        ),
        (
            50016,
            "POST",
            format!("{messages}/bulk-delete"),
            json!({"messages": vec!["5"; 101]}),
        ),
        (
            50034,
            "POST",
            format!("{messages}/bulk-delete"),
            json!({"messages": [old, young]}),
        ),
        (
            50028,
            "DELETE",
            format!("{guild}/roles/{}", place.sim.guild_id()),
            Value::Null,
        ),
        (30032, "PUT", format!("{app}/commands"), json!(commands)),
    ] {
        place.refuses((400, code), method, &path, body).await;
    }
    let broken = place.rest.request("POST", &messages).body("{no json");
    let (status, body) = answer(broken).await;
    assert_eq!((status, &body["code"]), (400, &json!(50109)));
}

#[tokio::test]
async fn an_interaction_is_answered_once_and_in_time() {
    let place = Strict::new().await;
    let mut wire = Wire::identified(&place.sim, ALL_INTENTS).await;
    let commands = format!("{}/commands", place.app);
    let spec = json!([{"name": "hi", "description": "Says hello"}]);
    place.rest.ok("PUT", &commands, spec).await;
    let webhook = |asked: &Value| {
        format!(
            "/webhooks/{}/{}",
            place.sim.application_id(),
            text(&asked["token"])
        )
    };

    act(&place.sim, &Act::slash("member", "hi"));
    let asked = wire.event("INTERACTION_CREATE").await;
    let (hello, again) = (json!({"content": "hello"}), json!({"type": 5}));
    // Nothing can follow before there is a first answer.
    place
        .refuses((404, 10015), "POST", &webhook(&asked), hello.clone())
        .await;
    // A command has no message that could be changed, and no choices to complete.
    for kind in [6, 7, 8, 99] {
        place
            .refuses(
                (400, 50035),
                "POST",
                &callback(&asked),
                json!({"type": kind}),
            )
            .await;
    }
    respond(&place.rest, &asked, json!({"type": 4, "data": hello})).await;
    place
        .refuses((400, 40060), "POST", &callback(&asked), again.clone())
        .await;
    place.sim.clock().advance(Duration::from_mins(15));
    place.rest.ok("POST", &webhook(&asked), hello.clone()).await;
    place.sim.clock().advance(Duration::from_millis(1));
    place
        .refuses((401, 50027), "POST", &webhook(&asked), hello)
        .await;

    act(&place.sim, &Act::slash("member", "hi"));
    let asked = wire.event("INTERACTION_CREATE").await;
    place.sim.clock().advance(Duration::from_millis(3_001));
    place
        .refuses((404, 10062), "POST", &callback(&asked), again)
        .await;
}

#[tokio::test]
async fn an_unknown_route_fails_loudly() {
    let place = Strict::new().await;
    place
        .refuses((501, 0), "GET", "/voice/regions", Value::Null)
        .await;
    assert_eq!(place.sim.unimplemented(), ["GET /voice/regions"]);
}

#[tokio::test]
async fn permissions_of_commands_are_read_and_not_set_by_bots() {
    let place = Strict::new().await;
    let Strict { app, guild, .. } = &place;
    let commands = format!("{app}{guild}/commands");
    let spec = json!({"name": "hi", "description": "Says hello"});
    let made = place.rest.ok("POST", &commands, spec).await;
    let all = format!("{commands}/permissions");
    assert_eq!(place.rest.ok("GET", &all, Value::Null).await, json!([]));
    let one = format!("{commands}/{}/permissions", text(&made["id"]));
    place.refuses((404, 10066), "GET", &one, Value::Null).await;
    let allowed = json!({"permissions": []});
    place.refuses((403, 20001), "PUT", &one, allowed).await;
}

#[tokio::test]
async fn a_message_carries_20_kinds_of_reactions_and_a_guild_50_emoji() {
    let place = Strict::new().await;
    let (message, _) = place.message_of("member").await;
    for number in 0..20_u32 {
        let emoji = char::from_u32(0x1_f600 + number).unwrap();
        let path = format!("{message}/reactions/{emoji}/@me");
        place.rest.ok("PUT", &path, Value::Null).await;
    }
    let path = format!("{message}/reactions/🐦/@me");
    place.refuses((400, 30010), "PUT", &path, Value::Null).await;
    let emojis = format!("{}/emojis", place.guild);
    let body = json!({"name": "rook", "image": "data:image/png;base64,iVBORw0KGgo="});
    for _ in 0..50 {
        place.rest.ok("POST", &emojis, body.clone()).await;
    }
    place.refuses((400, 30008), "POST", &emojis, body).await;
    let odd = json!({"name": "a rook", "image": "data:image/png;base64,iVBORw0KGgo="});
    place.refuses((400, 50035), "POST", &emojis, odd).await;
}
