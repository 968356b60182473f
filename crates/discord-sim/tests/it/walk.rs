//! A walk through everything that can happen, by people's hands and by the bot's.

use std::time::Duration;

use discord_sim::{Act, Edit, Sim, Status, What, permissions};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{Rest, Wire, act, answer, button, id, respond, text};

/// Does everything once. The bot's answers to interactions are given by hand.
pub(crate) async fn walk(sim: &Sim, wire: &mut Wire) {
    let rest = Rest::new(sim);
    let bot_bits = permissions::ALL & !permissions::ADMINISTRATOR;
    sim.set_permissions("Rookery", bot_bits).unwrap();
    messages(sim, &rest).await;
    commands(sim, &rest, wire).await;
    components(sim, &rest, wire).await;
    members(sim, &rest).await;
    guild(sim, &rest).await;
    threads(sim, &rest).await;
    extras(sim, &rest, wire).await;
    people(sim);
    presence(sim, &rest, wire).await;
    wire.send(
        8,
        json!({"guild_id": sim.guild_id().to_string(), "query": "", "limit": 0, "nonce": "n"}),
    )
    .await;
}

async fn presence(sim: &Sim, rest: &Rest, wire: &mut Wire) {
    let status = Status::Idle;
    let person = "mod".to_owned();
    sim.mutate(&Edit::Presence { person, status }).unwrap();
    let guild = sim.guild_id();
    let stage = json!({"name": "stage", "type": 2});
    let path = format!("/guilds/{guild}/channels");
    let stage = rest.ok("POST", &path, stage).await;
    let voice = json!({
        "guild_id": guild.to_string(),
        "channel_id": stage["id"],
        "self_mute": false,
        "self_deaf": false,
    });
    wire.send(4, voice).await;
    wire.event("VOICE_SERVER_UPDATE").await;
    sim.set_guild_available(guild, false);
    sim.set_guild_available(guild, true);
}

async fn messages(sim: &Sim, rest: &Rest) {
    act(sim, &Act::say("mod", "@alice @Moderator see #random"));
    act(sim, &Act::new("alice", What::React("👍".to_owned())));
    act(sim, &Act::say("alice", "hello").in_dm());
    let general = format!("/channels/{}/messages", id(sim.channel_id("general")));
    let (embed, button) = (embed(), button("a", "Press"));
    let first = rest
        .ok(
            "POST",
            &general,
            json!({"content": "hi", "embeds": [embed], "components": [button], "nonce": "7"}),
        )
        .await;
    let path = format!("{general}/{}", text(&first["id"]));
    rest.ok("PATCH", &path, json!({"content": "hi again"}))
        .await;
    let reference = json!({"message_id": first["id"]});
    let reply = json!({"content": "yes?", "message_reference": reference});
    let reply = rest.ok("POST", &general, reply).await;
    let form = Form::new()
        .text("payload_json", r#"{"content": "see"}"#)
        .part("files[0]", Part::bytes(vec![1, 2, 3]).file_name("a.txt"));
    let (status, _) = answer(rest.request("POST", &general).multipart(form)).await;
    assert_eq!(status, 200);
    rest.ok("DELETE", &path, Value::Null).await;
    act(sim, &Act::say("bob", "one"));
    act(sim, &Act::say("bob", "two"));
    let newest = rest
        .ok("GET", &format!("{general}?limit=2"), Value::Null)
        .await;
    let ids = json!({"messages": [newest[0]["id"], newest[1]["id"], reply["id"]]});
    rest.ok("POST", &format!("{general}/bulk-delete"), ids)
        .await;
    let alice = json!({"recipient_id": id(sim.user_id("alice"))});
    let dm = rest.ok("POST", "/users/@me/channels", alice).await;
    let dm = format!("/channels/{}/messages", text(&dm["id"]));
    rest.ok("POST", &dm, json!({"content": "hello, alice"}))
        .await;
}

async fn commands(sim: &Sim, rest: &Rest, wire: &mut Wire) {
    let app = sim.application_id();
    let option =
        |kind: u8, name: &str| json!({"type": kind, "name": name, "description": "an option"});
    let all = [
        option(3, "text"),
        option(4, "whole"),
        option(5, "switch"),
        option(6, "member"),
        option(7, "channel"),
        option(8, "role"),
        option(9, "any"),
        option(10, "number"),
        json!({"type": 4, "name": "case", "description": "a case", "autocomplete": true}),
    ];
    let sub = json!({"type": 1, "name": "sub", "description": "one", "options": all});
    let spec = json!([{"name": "try", "description": "Tries", "options": [sub]}]);
    rest.ok("PUT", &format!("/applications/{app}/commands"), spec)
        .await;

    let line = "try sub text:\"two words\" whole:-3 switch:true member:@troll channel:#random \
                role:@Moderator any:@alice number:1.5";
    act(sim, &Act::slash("alice", line));
    let asked = wire.event("INTERACTION_CREATE").await;
    respond(rest, &asked, json!({"type": 5})).await;
    let webhook = format!("/webhooks/{app}/{}", text(&asked["token"]));
    let original = format!("{webhook}/messages/@original");
    rest.ok("PATCH", &original, json!({"content": "done"}))
        .await;
    rest.ok("POST", &webhook, json!({"content": "and more"}))
        .await;
    rest.ok("DELETE", &original, Value::Null).await;

    let typed = What::Type("try sub text:x member:@bob case:12".to_owned());
    act(sim, &Act::new("alice", typed));
    let asked = wire.event("INTERACTION_CREATE").await;
    let choices = json!({"type": 8, "data": {"choices": [{"name": "12: spam", "value": 12}]}});
    respond(rest, &asked, choices).await;

    act(sim, &Act::slash("bob", "try sub").in_dm());
    let asked = wire.event("INTERACTION_CREATE").await;
    respond(
        rest,
        &asked,
        json!({"type": 4, "data": {"content": "in private"}}),
    )
    .await;
}

async fn components(sim: &Sim, rest: &Rest, wire: &mut Wire) {
    let general = format!("/channels/{}/messages", id(sim.channel_id("general")));
    let menu = |kind: u8| {
        let select = json!({"type": kind, "custom_id": format!("menu-{kind}")});
        json!({"type": 1, "components": [select]})
    };
    let words = json!({"type": 3, "custom_id": "words", "options": [
        {"label": "One", "value": "1"}, {"label": "Two", "value": "2"},
    ]});
    let rows = json!([
        button("open", "Open"),
        {"type": 1, "components": [words]},
        menu(5),
        menu(6),
        menu(8),
    ]);
    rest.ok(
        "POST",
        &general,
        json!({"content": "choose", "components": rows}),
    )
    .await;
    for chosen in ["Two", "@bob", "@Moderator", "#random"] {
        act(sim, &Act::new("mod", What::Select(vec![chosen.to_owned()])));
        let asked = wire.event("INTERACTION_CREATE").await;
        respond(rest, &asked, json!({"type": 6})).await;
    }
    act(sim, &Act::click("mod", "Open"));
    let asked = wire.event("INTERACTION_CREATE").await;
    let field = json!({"type": 4, "custom_id": "why", "label": "Why?", "style": 1});
    let row = json!({"type": 1, "components": [field]});
    let form = json!({"title": "Reason", "custom_id": "form", "components": [row]});
    respond(rest, &asked, json!({"type": 9, "data": form})).await;
    let fields = vec![("Why?".to_owned(), "because".to_owned())];
    act(sim, &Act::new("mod", What::Submit(fields)));
    let asked = wire.event("INTERACTION_CREATE").await;
    let changed = json!({"type": 7, "data": {"content": "chosen", "components": []}});
    respond(rest, &asked, changed).await;
}

async fn members(sim: &Sim, rest: &Rest) {
    let guild = format!("/guilds/{}", sim.guild_id());
    let bob = id(sim.user_id("bob"));
    let until = "2024-01-02T00:00:00Z";
    let edit = json!({"nick": "Bobby", "communication_disabled_until": until});
    rest.ok("PATCH", &format!("{guild}/members/{bob}"), edit)
        .await;
    let lift = json!({"communication_disabled_until": null});
    rest.ok("PATCH", &format!("{guild}/members/{bob}"), lift)
        .await;
    let reader = rest
        .ok(
            "POST",
            &format!("{guild}/roles"),
            json!({"name": "Reader", "permissions": "1024", "color": 255}),
        )
        .await;
    let reader = text(&reader["id"]);
    let role = format!("{guild}/members/{bob}/roles/{reader}");
    rest.ok("PUT", &role, Value::Null).await;
    rest.ok("DELETE", &role, Value::Null).await;
    rest.ok(
        "PATCH",
        &format!("{guild}/roles"),
        json!([{"id": reader, "position": 2}]),
    )
    .await;
    let role = format!("{guild}/roles/{reader}");
    rest.ok("PATCH", &role, json!({"hoist": true})).await;
    rest.ok("DELETE", &role, Value::Null).await;

    let troll = id(sim.user_id("troll"));
    act(sim, &Act::say("troll", "spam"));
    let ban = format!("{guild}/bans/{troll}");
    rest.ok("PUT", &ban, json!({"delete_message_seconds": 60}))
        .await;
    rest.ok("DELETE", &ban, Value::Null).await;
    let both = json!({"user_ids": [troll, bob]});
    rest.ok("POST", &format!("{guild}/bulk-ban"), both).await;
    for user in [&troll, &bob] {
        rest.ok("DELETE", &format!("{guild}/bans/{user}"), Value::Null)
            .await;
    }
    act(sim, &Act::new("bob", What::Join));
    rest.ok("DELETE", &format!("{guild}/members/{bob}"), Value::Null)
        .await;
}

async fn guild(sim: &Sim, rest: &Rest) {
    let guild = format!("/guilds/{}", sim.guild_id());
    rest.ok("PATCH", &guild, json!({"name": "The Rookery"}))
        .await;
    let made = rest
        .ok(
            "POST",
            &format!("{guild}/channels"),
            json!({"name": "quiet"}),
        )
        .await;
    let channel = format!("/channels/{}", text(&made["id"]));
    let slow = json!({"topic": "hush", "rate_limit_per_user": 5});
    rest.ok("PATCH", &channel, slow).await;
    let overwrite = format!("{channel}/permissions/{}", sim.guild_id());
    rest.ok(
        "PUT",
        &overwrite,
        json!({"type": 0, "allow": "0", "deny": "2048"}),
    )
    .await;
    rest.ok("DELETE", &overwrite, Value::Null).await;
    rest.ok("DELETE", &channel, Value::Null).await;
}

/// Threads, from their beginning to their end.
async fn threads(sim: &Sim, rest: &Rest) {
    let channel = format!("/channels/{}", id(sim.channel_id("general")));
    let said = rest
        .ok(
            "POST",
            &format!("{channel}/messages"),
            json!({"content": "let us talk"}),
        )
        .await;
    let at = format!("{channel}/messages/{}/threads", text(&said["id"]));
    let thread = rest.ok("POST", &at, json!({"name": "Talk"})).await;
    let path = format!("/channels/{}", text(&thread["id"]));
    let alice = id(sim.user_id("alice"));
    let members = format!("{path}/thread-members");
    rest.ok("PUT", &format!("{members}/{alice}"), Value::Null)
        .await;
    rest.ok("GET", &members, Value::Null).await;
    rest.ok("GET", &format!("{members}/{alice}"), Value::Null)
        .await;
    rest.ok("DELETE", &format!("{members}/{alice}"), Value::Null)
        .await;
    rest.ok("PUT", &format!("{members}/@me"), Value::Null).await;
    rest.ok(
        "POST",
        &format!("{path}/messages"),
        json!({"content": "first"}),
    )
    .await;
    let active = format!("/guilds/{}/threads/active", sim.guild_id());
    rest.ok("GET", &active, Value::Null).await;
    rest.ok("PATCH", &path, json!({"archived": true, "locked": true}))
        .await;
    rest.ok(
        "GET",
        &format!("{channel}/threads/archived/public"),
        Value::Null,
    )
    .await;
    rest.ok("PATCH", &path, json!({"archived": false})).await;
    rest.ok("GET", &path, Value::Null).await;
    rest.ok("DELETE", &path, Value::Null).await;
    let spec = json!({"name": "In the open", "type": 11, "auto_archive_duration": 60});
    rest.ok("POST", &format!("{channel}/threads"), spec).await;
    let spec = json!({"name": "Behind doors", "type": 12, "invitable": false});
    rest.ok("POST", &format!("{channel}/threads"), spec).await;
}

/// Pins, reactions, webhooks, invites, emoji, categories and menus.
async fn extras(sim: &Sim, rest: &Rest, wire: &mut Wire) {
    let none = Value::Null;
    let guild = format!("/guilds/{}", sim.guild_id());
    let channel = format!("/channels/{}", id(sim.channel_id("general")));
    rest.ok("POST", &format!("{channel}/typing"), none.clone())
        .await;
    let said = rest
        .ok(
            "POST",
            &format!("{channel}/messages"),
            json!({"content": "keep this"}),
        )
        .await;
    let message = format!("{channel}/messages/{}", text(&said["id"]));
    let pin = format!("{channel}/messages/pins/{}", text(&said["id"]));
    rest.ok("PUT", &pin, none.clone()).await;
    rest.ok("GET", &format!("{channel}/messages/pins"), none.clone())
        .await;
    rest.ok("GET", &format!("{channel}/pins"), none.clone())
        .await;
    rest.ok("DELETE", &pin, none.clone()).await;

    let image = json!({"name": "rook", "image": "data:image/png;base64,iVBORw0KGgo="});
    let emoji = rest.ok("POST", &format!("{guild}/emojis"), image).await;
    let emoji_path = format!("{guild}/emojis/{}", text(&emoji["id"]));
    rest.ok("PATCH", &emoji_path, json!({"name": "rooks"}))
        .await;
    rest.ok("GET", &emoji_path, none.clone()).await;
    rest.ok("GET", &format!("{guild}/emojis"), none.clone())
        .await;
    let own = format!("{message}/reactions/rooks%3A{}", text(&emoji["id"]));
    rest.ok("PUT", &format!("{own}/@me"), none.clone()).await;
    let tick = format!("{message}/reactions/%E2%9C%85");
    rest.ok("PUT", &format!("{tick}/@me"), none.clone()).await;
    rest.ok("GET", &tick, none.clone()).await;
    rest.ok("GET", &message, none.clone()).await;
    rest.ok("DELETE", &format!("{tick}/@me"), none.clone())
        .await;
    rest.ok("DELETE", &own, none.clone()).await;
    rest.ok("DELETE", &format!("{message}/reactions"), none.clone())
        .await;
    rest.ok("DELETE", &emoji_path, none.clone()).await;
    act(sim, &Act::new("alice", What::React("🎉".to_owned())));
    act(sim, &Act::new("alice", What::Unreact("🎉".to_owned())));

    let hook = rest
        .ok(
            "POST",
            &format!("{channel}/webhooks"),
            json!({"name": "Mail"}),
        )
        .await;
    rest.ok("GET", &format!("{channel}/webhooks"), none.clone())
        .await;
    rest.ok("GET", &format!("{guild}/webhooks"), none.clone())
        .await;
    let managed = format!("/webhooks/{}", text(&hook["id"]));
    rest.ok("PATCH", &managed, json!({"name": "Post"})).await;
    rest.ok("GET", &managed, none.clone()).await;
    let by_token = format!("{managed}/{}", text(&hook["token"]));
    rest.ok("GET", &by_token, none.clone()).await;
    rest.ok("POST", &by_token, json!({"content": "unheard"}))
        .await;
    let body = json!({"content": "a letter", "username": "Owl"});
    let letter = rest
        .ok("POST", &format!("{by_token}?wait=true"), body)
        .await;
    let letter = format!("{by_token}/messages/{}", text(&letter["id"]));
    rest.ok("PATCH", &letter, json!({"content": "a better letter"}))
        .await;
    rest.ok("GET", &letter, none.clone()).await;
    rest.ok("DELETE", &letter, none.clone()).await;
    rest.ok("DELETE", &by_token, none.clone()).await;

    let invite = rest
        .ok(
            "POST",
            &format!("{channel}/invites"),
            json!({"max_age": 60}),
        )
        .await;
    let invite = format!("/invites/{}", text(&invite["code"]));
    rest.ok("GET", &invite, none.clone()).await;
    rest.ok("GET", &format!("{channel}/invites"), none.clone())
        .await;
    rest.ok("GET", &format!("{guild}/invites"), none.clone())
        .await;
    rest.ok("DELETE", &invite, none.clone()).await;

    let everyone = sim.guild_id().to_string();
    let closed = json!({"id": everyone, "type": 0, "allow": "0", "deny": "2048"});
    let group = json!({"name": "Group", "type": 4, "permission_overwrites": [closed]});
    let group = rest.ok("POST", &format!("{guild}/channels"), group).await;
    let inside = json!({"name": "inside", "type": 0, "parent_id": group["id"], "topic": "in"});
    let inside = rest.ok("POST", &format!("{guild}/channels"), inside).await;
    let hall = json!({"name": "hall", "type": 2});
    rest.ok("POST", &format!("{guild}/channels"), hall).await;
    let moves = json!([{"id": inside["id"], "position": 0}]);
    rest.ok("PATCH", &format!("{guild}/channels"), moves).await;
    let group = format!("/channels/{}", text(&group["id"]));
    rest.ok("DELETE", &group, none.clone()).await;
    rest.ok("GET", &format!("{guild}/channels"), none).await;
    menus(sim, rest, wire).await;
}

async fn menus(sim: &Sim, rest: &Rest, wire: &mut Wire) {
    let app = sim.application_id();
    let spec = json!([{"name": "Report user", "type": 2}, {"name": "Report message", "type": 3}]);
    let path = format!("/applications/{app}/guilds/{}/commands", sim.guild_id());
    rest.ok("PUT", &path, spec).await;
    act(sim, &Act::say("mod", "buy my coins"));
    for (command, target) in [("Report user", Some("mod")), ("Report message", None)] {
        let menu = What::Menu {
            command: command.to_owned(),
            target: target.map(str::to_owned),
        };
        act(sim, &Act::new("alice", menu));
        let asked = wire.event("INTERACTION_CREATE").await;
        let thanks = json!({"type": 4, "data": {"content": "Thanks.", "flags": 64}});
        respond(rest, &asked, thanks).await;
    }
    act(
        sim,
        &Act::new("alice", What::Reply("shame on you".to_owned())),
    );
    act(
        sim,
        &Act::new("alice", What::Edit("shame, shame".to_owned())),
    );
    act(sim, &Act::new("alice", What::Delete(None)));
}

fn people(sim: &Sim) {
    let (by, target) = (|| "owner".to_owned(), || "alice".to_owned());
    let (role, name) = (|| "Moderator".to_owned(), || "annex".to_owned());
    let edits = [
        Edit::Timeout {
            by: by(),
            target: target(),
            time: Some(Duration::from_mins(1)),
            reason: Some("loud".to_owned()),
        },
        Edit::Timeout {
            by: by(),
            target: target(),
            time: None,
            reason: None,
        },
        Edit::Nick {
            by: by(),
            target: target(),
            nick: Some("Al".to_owned()),
        },
        Edit::GiveRole {
            by: by(),
            target: target(),
            role: role(),
        },
        Edit::TakeRole {
            by: by(),
            target: target(),
            role: role(),
        },
        Edit::MoveRole {
            by: by(),
            role: role(),
            position: 2,
        },
        Edit::CreateRole {
            by: by(),
            name: "Muted".to_owned(),
            bits: 0,
        },
        Edit::DeleteRole {
            by: by(),
            role: "Muted".to_owned(),
        },
        Edit::RenameGuild {
            by: by(),
            name: "Rookery".to_owned(),
        },
        Edit::CreateChannel {
            by: by(),
            name: name(),
        },
        Edit::DeleteChannel {
            by: by(),
            name: name(),
        },
        Edit::AddPerson {
            name: "newcomer".to_owned(),
        },
        Edit::Kick {
            by: by(),
            target: target(),
            reason: None,
        },
        Edit::Ban {
            by: by(),
            target: target(),
            reason: Some("gone".to_owned()),
            delete_seconds: 60,
        },
        Edit::Unban {
            by: by(),
            target: target(),
            reason: None,
        },
    ];
    for edit in edits {
        sim.mutate(&edit).unwrap();
    }
    act(sim, &Act::new("newcomer", What::Join));
    act(sim, &Act::new("newcomer", What::Leave));
}

fn embed() -> Value {
    json!({
        "title": "Case 1",
        "description": "spam",
        "color": 255,
        "fields": [{"name": "Moderator", "value": "mod", "inline": true}],
        "footer": {"text": "Rookery"},
        "author": {"name": "Rookery"},
    })
}
