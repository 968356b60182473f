//! People at their clients: what they are refused, and what they see when the bot is silent.

use std::time::Duration;

use discord_sim::{Act, Edit, Line, ShownKind, Sim, permissions};
use futures_util::FutureExt;
use serde_json::{Value, json};

use crate::support::{ALL_INTENTS, Rest, Wire, act, button, id, of_kind, respond, sim};

/// Plays a line; answers what the person is told when it is refused.
fn play(sim: &Sim, line: &str) -> Option<String> {
    let Ok(Line::Act(act)) = Line::parse(line) else {
        panic!("not an act: {line}");
    };
    let done = sim.perform(&act).now_or_never();
    done.unwrap().err().map(|refusal| refusal.to_string())
}

/// A simulator whose bot has registered commands of all sorts, and its connection.
async fn with_commands() -> (Sim, Rest, Wire) {
    let sim = sim().await;
    let mut wire = Wire::identified(&sim, ALL_INTENTS).await;
    wire.event("GUILD_CREATE").await;
    let rest = Rest::new(&sim);
    let option = |kind: u8, name: &str, more: Value| {
        let mut option = json!({"type": kind, "name": name, "description": "an option"});
        option
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        option
    };
    let choices =
        json!({"choices": [{"name": "Loud", "value": "l"}, {"name": "Soft", "value": "s"}]});
    let options = json!([
        option(6, "member", json!({"required": true})),
        option(3, "reason", json!({"max_length": 5})),
        option(4, "days", json!({"min_value": 0, "max_value": 7})),
        option(3, "tone", choices),
        option(7, "voice", json!({"channel_types": [2]})),
        option(7, "text", json!({"channel_types": [0, 2]})),
        option(4, "case", json!({"autocomplete": true})),
    ]);
    let moderators = permissions::BAN_MEMBERS.to_string();
    let list = json!({"type": 1, "name": "list", "description": "All"});
    let commands = json!([
        {"name": "ban", "description": "Bans", "options": options},
        {"name": "cases", "description": "Cases", "options": [list]},
        {"name": "purge", "description": "Mods", "default_member_permissions": moderators},
    ]);
    rest.ok(
        "PUT",
        &format!("/applications/{}/commands", sim.application_id()),
        commands,
    )
    .await;
    (sim, rest, wire)
}

#[tokio::test]
async fn a_person_is_told_why_something_cannot_be_done() {
    let (sim, _, _wire) = with_commands().await;
    let long = format!("alice: {}", "x".repeat(2_001));
    let quiet = Edit::Timeout {
        by: "mod".to_owned(),
        target: "bob".to_owned(),
        time: Some(Duration::from_mins(5)),
        reason: None,
    };
    sim.mutate(&quiet).unwrap();
    let everyone = "owner, admin, mod, alice, bob, troll";
    for (line, told) in [
        (
            "eve: hi",
            format!("there is no person called eve; there are: {everyone}"),
        ),
        (
            "bot: hi",
            format!("there is no person called bot; there are: {everyone}"),
        ),
        (
            "alice#attic: hi",
            "there is no channel #attic; there are: #general, #random, #mod-log".to_owned(),
        ),
        ("alice#mod-log: hi", "alice cannot see #mod-log".to_owned()),
        (
            "bob: hi",
            "bob is in timeout and cannot send messages or use commands".to_owned(),
        ),
        (
            "bob: /cases list",
            "bob is in timeout and cannot send messages or use commands".to_owned(),
        ),
        ("alice: join", "alice is already in the server".to_owned()),
        (
            &long,
            "the message has 2001 characters; at most 2000 are allowed".to_owned(),
        ),
        (
            "alice: /kick",
            "unknown command /kick; there are: /ban, /cases, /purge".to_owned(),
        ),
        (
            "alice: /cases",
            "unknown command /cases; there are: /cases list".to_owned(),
        ),
        (
            "alice: /cases edit",
            "unknown command /cases edit; there are: /cases list".to_owned(),
        ),
        (
            "alice: /purge",
            "/purge needs the permissions BAN_MEMBERS".to_owned(),
        ),
        (
            "alice: /cases list all:true",
            "/cases list has no option all; it has: none".to_owned(),
        ),
        (
            "alice: /cases list all",
            "\"all\" in /cases list is not of the form option:value; the options are: none"
                .to_owned(),
        ),
        ("alice: /ban reason:spam", "/ban needs member".to_owned()),
        (
            "alice: /ban member:@nobody",
            "\"@nobody\" does not fit member: a person, as @name".to_owned(),
        ),
        (
            "alice: /ban member:@Moderator",
            "\"@Moderator\" does not fit member: a person, as @name".to_owned(),
        ),
        (
            "alice: /ban member:@bob member:@troll",
            "member is given twice".to_owned(),
        ),
        (
            "alice: /ban member:@bob reason:\"far too long\"",
            "\"far too long\" does not fit reason: a text of 0 to 5 characters, not 12".to_owned(),
        ),
        (
            "alice: /ban member:@bob reason:\"open",
            "a quote is not closed in: ban member:@bob reason:\"open".to_owned(),
        ),
        (
            "alice: /ban member:@bob days:many",
            "\"many\" does not fit days: a whole number".to_owned(),
        ),
        (
            "alice: /ban member:@bob days:8",
            "\"8\" does not fit days: at most 7".to_owned(),
        ),
        (
            "alice: /ban member:@bob tone:mild",
            "\"mild\" does not fit tone: one of Loud, Soft".to_owned(),
        ),
        (
            "alice: /ban member:@bob voice:#random",
            "\"#random\" does not fit voice: a channel of another kind".to_owned(),
        ),
        (
            "alice: type /ban member:@bob days:1",
            "the bot does not complete \"days\" of /ban; it completes: case".to_owned(),
        ),
        (
            "alice: click Go",
            "there is no button \"Go\" to press; there are: none".to_owned(),
        ),
        (
            "alice: select One",
            "no menu offers One; there are: none".to_owned(),
        ),
        (
            "alice: submit a:b",
            "no open form has the fields a; there are: none".to_owned(),
        ),
        (
            "alice#random: react 👍",
            "there is no message to react to in #random".to_owned(),
        ),
    ] {
        assert_eq!(play(&sim, line), Some(told), "{line}");
    }
    // Nothing of it happened.
    assert_eq!(sim.shown(0).len(), 1);
}

#[tokio::test]
async fn who_left_or_was_banned_is_not_there() {
    let sim = sim().await;
    assert_eq!(play(&sim, "alice: leave"), None);
    assert_eq!(
        play(&sim, "alice: hi").as_deref(),
        Some("alice is not in the server")
    );
    assert_eq!(
        play(&sim, "alice: leave").as_deref(),
        Some("alice is not in the server")
    );
    let alone = "alice has no server in common with the bot, so no direct message can be sent";
    assert_eq!(play(&sim, "alice@bot: hi").as_deref(), Some(alone));
    assert_eq!(play(&sim, "alice: join"), None);
    let ban = Edit::Ban {
        by: "mod".to_owned(),
        target: "alice".to_owned(),
        reason: None,
        delete_seconds: 0,
    };
    sim.mutate(&ban).unwrap();
    assert_eq!(
        play(&sim, "alice: join").as_deref(),
        Some("alice is banned from the server")
    );
}

#[tokio::test]
async fn an_edit_is_checked_against_the_place_of_the_one_who_makes_it() {
    let sim = sim().await;
    let refused = |edit: &Edit| sim.mutate(edit).unwrap_err().to_string();
    let kick = |by: &str, target: &str| Edit::Kick {
        by: by.to_owned(),
        target: target.to_owned(),
        reason: None,
    };
    let missing = "Discord says: Missing Permissions (50013)";
    assert_eq!(refused(&kick("alice", "bob")), missing);
    assert_eq!(refused(&kick("mod", "admin")), missing);
    assert_eq!(refused(&kick("admin", "owner")), missing);
    let rise = |by: &str, position| Edit::MoveRole {
        by: by.to_owned(),
        role: "Moderator".to_owned(),
        position,
    };
    assert_eq!(refused(&rise("mod", 1)), missing);
    assert_eq!(refused(&rise("admin", 3)), missing);
    sim.mutate(&rise("admin", 2)).unwrap();
    let role = Edit::DeleteRole {
        by: "admin".to_owned(),
        role: "Admin".to_owned(),
    };
    assert_eq!(refused(&role), missing);
}

#[tokio::test]
async fn who_is_not_answered_within_three_seconds_reads_that() {
    let (sim, rest, mut wire) = with_commands().await;
    let seconds = |seconds| sim.clock().advance(Duration::from_secs(seconds));
    act(&sim, &Act::slash("alice", "cases list"));
    wire.event("INTERACTION_CREATE").await;
    act(&sim, &Act::slash("bob", "cases list").in_dm());
    let asked = wire.event("INTERACTION_CREATE").await;
    respond(
        &rest,
        &asked,
        json!({"type": 4, "data": {"content": "none"}}),
    )
    .await;
    seconds(3);
    assert!(of_kind(&sim, ShownKind::NoResponse).is_empty());
    sim.clock().advance(Duration::from_millis(1));
    let told = of_kind(&sim, ShownKind::NoResponse);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to.as_deref(), Some("alice"));
    assert_eq!(told[0].channel.as_deref(), Some("general"));
    assert_eq!(
        told[0].content.as_deref(),
        Some("The application did not respond")
    );
    seconds(3_600);
    assert_eq!(of_kind(&sim, ShownKind::NoResponse).len(), 1);
}

#[tokio::test]
async fn a_listener_hears_of_the_silence_on_a_clock_that_runs() {
    let sim = Sim::builder().start().await.unwrap();
    let path = format!("/applications/{}/commands", sim.application_id());
    let spec = json!([{"name": "hi", "description": "Says hello"}]);
    Rest::new(&sim).ok("PUT", &path, spec).await;
    let mut live = sim.subscribe();
    act(&sim, &Act::slash("alice", "hi"));
    assert_eq!(live.recv().await.unwrap().kind, ShownKind::Command);
    assert_eq!(live.recv().await.unwrap().kind, ShownKind::NoResponse);
}

#[tokio::test]
async fn an_answer_that_was_promised_is_waited_for_for_fifteen_minutes() {
    let (sim, rest, mut wire) = with_commands().await;
    for person in ["alice", "bob"] {
        act(&sim, &Act::slash(person, "cases list"));
        let asked = wire.event("INTERACTION_CREATE").await;
        respond(&rest, &asked, json!({"type": 5})).await;
        if person == "bob" {
            let token = asked["token"].as_str().unwrap();
            let path = format!(
                "/webhooks/{}/{token}/messages/@original",
                sim.application_id()
            );
            rest.ok("PATCH", &path, json!({"content": "none"})).await;
        }
    }
    sim.clock().advance(Duration::from_mins(15));
    assert!(of_kind(&sim, ShownKind::NoResponse).is_empty());
    sim.clock().advance(Duration::from_secs(1));
    let told = of_kind(&sim, ShownKind::NoResponse);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to.as_deref(), Some("alice"));
}

#[tokio::test]
async fn the_bot_completes_what_is_being_typed() {
    let (sim, rest, mut wire) = with_commands().await;
    assert_eq!(play(&sim, "alice: type /ban member:@bob case:12"), None);
    let asked = wire.event("INTERACTION_CREATE").await;
    assert_eq!(asked["type"], 4);
    let focused = json!({"type": 4, "name": "case", "value": "12", "focused": true});
    assert_eq!(asked["data"]["options"][1], focused);
    let choices = json!([{"name": "12: spam", "value": 12}, {"name": "120: rude", "value": 120}]);
    respond(
        &rest,
        &asked,
        json!({"type": 8, "data": {"choices": choices}}),
    )
    .await;
    let shown = of_kind(&sim, ShownKind::Choices);
    assert_eq!(shown[0].content.as_deref(), Some("12: spam, 120: rude"));
    assert_eq!(shown[0].to.as_deref(), Some("alice"));
}

#[tokio::test]
async fn a_choice_is_sent_by_its_value_and_a_channel_with_its_details() {
    let (sim, _, mut wire) = with_commands().await;
    assert_eq!(
        play(&sim, "mod: /ban member:troll tone:Soft text:random"),
        None
    );
    let data = wire.event("INTERACTION_CREATE").await["data"].take();
    let (troll, random) = (id(sim.user_id("troll")), id(sim.channel_id("random")));
    let values: Vec<_> = data["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| &o["value"])
        .collect();
    assert_eq!(values, [&json!(troll), &json!("s"), &json!(random)]);
    assert_eq!(data["resolved"]["users"][&troll]["username"], "troll");
    assert!(data["resolved"]["members"][&troll]["roles"].is_array());
    assert_eq!(data["resolved"]["channels"][&random]["name"], "random");
}

#[tokio::test]
async fn the_newest_button_that_one_sees_and_can_press_is_pressed() {
    let (sim, rest, mut wire) = with_commands().await;
    let general = format!("/channels/{}/messages", id(sim.channel_id("general")));
    let send = async |row: Value| {
        let body = json!({"content": "choose", "components": [row]});
        rest.ok("POST", &general, body).await;
    };
    send(button("old", "Undo")).await;
    send(button("new", "Undo")).await;
    let mut disabled = button("off", "Undo");
    disabled["components"][0]["disabled"] = json!(true);
    send(disabled).await;
    act(&sim, &Act::slash("mod", "cases list"));
    let asked = wire.event("INTERACTION_CREATE").await;
    let secret = json!({"content": "psst", "flags": 64, "components": [button("own", "Undo")]});
    respond(&rest, &asked, json!({"type": 4, "data": secret})).await;
    for (line, pressed) in [
        ("alice: click undo", "new"),
        ("mod: click Undo", "own"),
        ("mod: click old", "old"),
    ] {
        assert_eq!(play(&sim, line), None, "{line}");
        let asked = wire.event("INTERACTION_CREATE").await;
        assert_eq!(asked["data"]["custom_id"], pressed, "{line}");
    }
    let unseen = "there is no button \"own\" to press; there are: Undo, Undo";
    assert_eq!(play(&sim, "alice: click own").as_deref(), Some(unseen));
}
