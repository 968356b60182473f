//! Buttons: whose they are, how long they are good, and what they are not.

use super::{listed, warnings};
use crate::world::World;
use discord_sim::{Act, ShownKind};
use poise::serenity_prelude as serenity;
use serenity::{ChannelId, CreateActionRow, CreateButton, CreateMessage, HttpBuilder};

/// Posts a message of the bot with a button that it never made.
async fn forge(world: &World, custom_id: &str) {
    let http = HttpBuilder::new(world.sim.token())
        .proxy(world.sim.url())
        .ratelimiter_disabled(true)
        .build();
    let button = CreateButton::new(custom_id).label("Forged");
    let message = CreateMessage::new()
        .content("press me")
        .components(vec![CreateActionRow::Buttons(vec![button])]);
    let general = ChannelId::new(world.sim.channel_id("general").expect("a channel"));
    general
        .send_message(&http, message)
        .await
        .expect("a message");
    world.settle().await;
}

/// The custom ids of the buttons in the newest message of the bot that has some.
fn custom_ids(world: &World) -> Vec<String> {
    let with_buttons = world.sim.requests().into_iter().rev().find_map(|request| {
        let rows = request.body?.get("components")?.as_array()?.clone();
        (!rows.is_empty()).then_some(rows)
    });
    let rows = with_buttons.expect("a message with buttons");
    rows.iter()
        .flat_map(|row| row["components"].as_array().cloned().unwrap_or_default())
        .filter_map(|button| Some(button["custom_id"].as_str()?.to_owned()))
        .collect()
}

#[tokio::test]
async fn a_list_is_turned_after_a_restart_filter_and_all() {
    World::each(async |world| {
        warnings(world, 23).await;
        world.play("mod: !cases list -reason \"reason 1\"").await;
        world.play("restart").await;
        let answer = world.play("mod: click Next").await.answer();
        assert_eq!(listed(&answer), [1]);
        assert!(answer.ends_with("Page 2 of 2"), "{answer}");
        world.play("restart").await;
        world.play("wait 30d").await;
        let answer = world.play("mod: click Previous").await.answer();
        assert_eq!(listed(&answer).len(), 10, "after a month: {answer}");
    })
    .await;
}

#[tokio::test]
async fn only_who_asked_may_press() {
    World::each(async |world| {
        warnings(world, 11).await;
        world.play("mod: !cases").await;
        let seen = world.play("admin: click Next").await;
        let refusal = seen.only(ShownKind::Ephemeral);
        assert_eq!(refusal.to.as_deref(), Some("admin"));
        let why = "Only @mod can use these buttons. Run `/cases list` to get your own.";
        assert_eq!(refusal.content.as_deref(), Some(why));
        assert_eq!(seen.of(ShownKind::Edit).len(), 0, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_lost_the_permission_may_press_no_more() {
    World::each(async |world| {
        warnings(world, 11).await;
        world.play("mod: !cases").await;
        world.sim.set_permissions("Moderator", 0).expect("a role");
        world.settle().await;
        let seen = world.play("mod: click Next").await;
        let refusal = seen
            .only(ShownKind::Ephemeral)
            .content
            .clone()
            .unwrap_or_default();
        assert!(
            refusal.starts_with("You need the permission **Timeout Members**"),
            "{seen}"
        );
        assert_eq!(seen.of(ShownKind::Edit).len(), 0, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_forged_or_altered_button_does_nothing() {
    World::each(async |world| {
        warnings(world, 23).await;
        world.play("mod: !cases").await;
        let ids = custom_ids(world);
        let next = ids.get(2).expect("the third button");
        let owner = |name| bot::screen::base62(world.sim.user_id(name).expect("a person"));
        let forgeries = [
            next.replace("v1:", "v2:"),
            next.replace(&owner("mod"), &owner("admin")),
            next.replacen(":cases:", ":cases-of:", 1),
            format!("{next}x"),
            "v1:cases:l.::".to_owned(),
            "anything".to_owned(),
        ];
        for forged in forgeries {
            assert_ne!(&forged, next);
            forge(world, &forged).await;
            for person in ["mod", "admin"] {
                let seen = world.play(&format!("{person}: click Forged")).await;
                let answer = seen.only(ShownKind::Ephemeral).content.as_deref();
                let why = "This button is out of date. Run the command again to get a new one.";
                assert_eq!(answer, Some(why), "{forged}: {seen}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_button_is_good_in_the_guild_it_was_made_for_only() {
    World::each(async |world| {
        let data = world.app().data();
        let id = bot::screen::CustomId {
            screen: "cases".to_owned(),
            args: "f.".to_owned(),
            owner: world.sim.user_id("mod").expect("a person"),
        };
        let elsewhere = data
            .signer
            .sign(&id, world.sim.guild_id() + 1)
            .expect("an id");
        let here = data.signer.sign(&id, world.sim.guild_id()).expect("an id");
        forge(world, &elsewhere).await;
        let seen = world.play("mod: click Forged").await;
        assert_eq!(seen.of(ShownKind::Edit).len(), 0, "{seen}");
        forge(world, &here).await;
        let seen = world.play("mod: click Forged").await;
        assert!(seen.answer().contains("No cases yet"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_signed_button_of_nonsense_is_out_of_date() {
    World::each(async |world| {
        let owner = world.sim.user_id("mod").expect("a person");
        for (screen, args) in [
            ("cases", ""),
            ("cases", "x."),
            ("cases", "t."),
            ("cases", "tAAAA."),
            ("cases", "f.nothing-is-kept-here"),
            ("cases-of", ""),
            ("cases-of", "?"),
            ("nothing", ""),
        ] {
            let id = bot::screen::CustomId {
                screen: screen.to_owned(),
                args: args.to_owned(),
                owner,
            };
            let data = world.app().data();
            let signed = data.signer.sign(&id, world.sim.guild_id()).expect("an id");
            forge(world, &signed).await;
            let seen = world.play("mod: click Forged").await;
            let answer = seen.only(ShownKind::Ephemeral).content.clone();
            let answer = answer.unwrap_or_default();
            assert!(
                answer.starts_with("This button is out of date."),
                "{screen} {args}: {seen}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn every_press_is_acknowledged_once_and_shown_once() {
    World::each(async |world| {
        warnings(world, 23).await;
        world.play("mod: /cases list").await;
        let before = world.sim.requests().len();
        world.play("mod: click Next").await;
        world.play("alice: hello").await;
        let requests = world.sim.requests().split_off(before);
        let count = |method: &str, path: &str| {
            let matches = |request: &&discord_sim::Request| {
                request.method == method && request.path.contains(path)
            };
            requests.iter().filter(matches).count()
        };
        assert_eq!(count("POST", "/callback"), 1);
        assert_eq!(count("PATCH", "/messages/@original"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_press_while_cases_come_in_stays_where_it_was() {
    World::each(async |world| {
        warnings(world, 20).await;
        world.play("mod: !cases").await;
        warnings(world, 5).await;
        let answer = world.play("mod: click Next").await.answer();
        assert_eq!(listed(&answer), (1..=10).rev().collect::<Vec<_>>());
        assert!(answer.ends_with("Page 3 of 3"), "{answer}");
        let answer = world.play("mod: click First").await.answer();
        assert_eq!(listed(&answer)[0], 25);
    })
    .await;
}

#[tokio::test]
async fn several_presses_at_once_are_all_answered() {
    World::each(async |world| {
        warnings(world, 23).await;
        world.play("mod: !cases").await;
        let next = Act::click("mod", "Next");
        let presses = (0..8).map(|_| world.sim.perform(&next));
        for pressed in futures_util::future::join_all(presses).await {
            pressed.expect("a press");
        }
        world.settle().await;
        let seen = world.look();
        assert_eq!(seen.of(ShownKind::NoResponse).len(), 0, "{seen}");
        assert_eq!(seen.of(ShownKind::Ephemeral).len(), 0, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_press_while_the_database_is_away_is_answered_with_that() {
    World::each(async |world| {
        warnings(world, 11).await;
        world.play("mod: !cases").await;
        world.app().data().database.close().await;
        world.begin("mod: click Next").await;
        let told = |world: &World| {
            let shown = world.sim.shown(0);
            let answer = shown.last().and_then(|shown| shown.content.as_deref());
            answer.is_some_and(|text| text.starts_with("The database does not answer"))
        };
        world.until("the press is answered", told).await;
    })
    .await;
}
