//! `help`, `ping`, `about` and `prefix`.

use crate::{changes::changes, seen::Seen, world::World};
use bot::text::{Message, code};
use discord_sim::{ShownKind, Sim};
use entity::value::ConfigSource;
use settings::Settings;

/// The labels of the newest menus.
fn choices(seen: &Seen) -> Vec<String> {
    let last = seen.iter().rev().find(|shown| !shown.components.is_empty());
    let selects = last
        .into_iter()
        .flat_map(|shown| &shown.components)
        .filter(|component| component["type"] == "select");
    selects
        .flat_map(|select| select["options"].as_array().cloned().unwrap_or_default())
        .filter_map(|label| label.as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn help_lists_what_the_caller_may_use_here() {
    World::each(async |world| {
        let alice = world.play("alice: !help").await.answer();
        assert!(
            alice.contains("`ping`") && alice.contains("`why`"),
            "{alice}"
        );
        assert!(
            !alice.contains("`ban`") && !alice.contains("`logs`"),
            "{alice}"
        );

        let moderator = world.play("mod: !h").await.answer();
        assert!(
            moderator.contains("`ban`") && moderator.contains("`cases`"),
            "{moderator}"
        );
        assert!(!moderator.contains("`logs`"), "{moderator}");

        let owner = world.play("owner: !commands").await.answer();
        assert!(
            owner.contains("`logs`") && owner.contains("`permissions`"),
            "{owner}"
        );

        let direct = world.play("mod@bot: help").await.answer();
        assert!(
            direct.contains("`ping`") && !direct.contains("`ban`"),
            "{direct}"
        );
    })
    .await;
}

#[tokio::test]
async fn help_explains_a_command_by_any_of_its_names() {
    World::each(async |world| {
        let prefix = world.play("mod: !help B").await.answer();
        for part in [
            "!ban",
            "`-delete` `-purge` `-p`",
            "Ban Members",
            "`!ban @troll spam -delete 1d`",
        ] {
            assert!(prefix.contains(part), "{part}: {prefix}");
        }
        let slash = world.play("mod: /help text:/ban").await;
        assert_eq!(slash.only(ShownKind::Ephemeral).to.as_deref(), Some("mod"));
        assert_eq!(slash.answer(), prefix);

        let group = world.play("owner: !help perms role").await.answer();
        assert!(group.contains("`permissions role set`"), "{group}");
    })
    .await;
}

#[tokio::test]
async fn help_searches_names_and_summaries_for_anything_else() {
    World::each(async |world| {
        let found = world.play("mod: !help time").await.answer();
        assert!(
            found.contains("`timeout`") && found.contains("`untimeout`"),
            "{found}"
        );
        assert!(found.contains("`ban`"), "its summary has the word: {found}");

        let refused = world.play("alice: !help ban").await.answer();
        let nothing = Message::new("help-nothing-found").with("query", code("ban"));
        assert_eq!(refused, world.words(&nothing), "alice may not ban");
    })
    .await;
}

#[tokio::test]
async fn help_is_walked_by_menus_also_after_a_restart() {
    World::each(async |world| {
        let first = world.play("mod: !help").await;
        assert_eq!(
            choices(&first),
            ["General", "Moderation", "Cases", "Permissions", "Settings"]
        );

        let category = world.play("mod: select Moderation").await;
        assert!(
            category.answer().contains("`kick` Removes members"),
            "{category}"
        );
        assert!(
            choices(&category).contains(&"untimeout".to_owned()),
            "{category}"
        );

        world.play("restart").await;
        let command = world.play("mod: select kick").await;
        assert!(command.answer().contains("!kick <member…>"), "{command}");

        let foreign = world.play("alice: select ban").await;
        let ephemeral = foreign.only(ShownKind::Ephemeral);
        assert_eq!(ephemeral.to.as_deref(), Some("alice"));
        assert!(foreign.answer().contains("Only @mod"), "{foreign}");
    })
    .await;
}

#[tokio::test]
async fn a_menu_offers_the_commands_of_a_group() {
    World::each(async |world| {
        world.play("owner: !help").await;
        world.play("owner: select Settings").await;
        let group = world.play("owner: select logs").await;
        assert!(choices(&group).contains(&"logs set".to_owned()), "{group}");
        let command = world.play("owner: select \"logs set\"").await;
        let usage = "!logs set <mod|dev|all…> <channel>";
        assert!(command.answer().contains(usage), "{command}");
    })
    .await;
}

#[tokio::test]
async fn ping_measures_and_keeps_the_process_to_itself() {
    World::each(async |world| {
        let answers = [
            world.play("alice: !ping").await,
            world.play("alice: !status").await,
            world.play("alice: /ping").await,
            world.play("alice@bot: ping").await,
        ];
        for answer in answers.map(|seen| seen.answer()) {
            for line in [
                "Gateway: ",
                "REST: ",
                "Database: ",
                "Shard 1 of 1",
                "One server",
                "Version ",
            ] {
                assert!(answer.contains(line), "{line}: {answer}");
            }
            assert!(!answer.contains("Process: "), "{answer}");
        }
    })
    .await;
}

#[tokio::test]
async fn ping_tells_operators_about_the_process() {
    let alice_operates = |sim: &Sim, settings: &mut Settings| {
        settings.operators.user_ids = sim.user_id("alice").into_iter().collect();
    };
    World::each_with(alice_operates, async |world| {
        let answer = world.play("alice: !ping").await.answer();
        assert!(answer.contains("Process: "), "{answer}");
        assert!(answer.contains("connections in use"), "{answer}");
        let about = world.play("bob: !about").await.answer();
        assert!(about.contains("Operators: @alice"), "{about}");
        let refused = world.play("alice: !prefix set ?").await.answer();
        assert!(
            refused.contains("Manage Server"),
            "an operator is no administrator: {refused}"
        );
    })
    .await;
}

#[tokio::test]
async fn about_says_what_it_is_and_links_to_it() {
    World::each(async |world| {
        let seen = world.play("alice: !about").await;
        let answer = seen.answer();
        let invite = format!("client_id={}&", world.sim.application_id());
        for part in [
            env!("CARGO_PKG_VERSION"),
            env!("CARGO_PKG_REPOSITORY"),
            invite.as_str(),
        ] {
            assert!(answer.contains(part), "{part}: {answer}");
        }
        assert_eq!(world.play("alice: /about").await.answer(), answer);
    })
    .await;
}

/// The answer about a prefix.
fn prefix(world: &World, id: &'static str, prefix: &str) -> String {
    let message = Message::new(id)
        .with("prefix", code(prefix))
        .with("example", code(&format!("{prefix}help")));
    world.words(&message)
}

#[tokio::test]
async fn a_new_prefix_counts_from_the_next_message_on_and_after_a_restart() {
    World::each(async |world| {
        let set = world.play("owner: !prefix set ?").await.answer();
        assert_eq!(set, prefix(world, "prefix-set", "?"));
        for _ in 0..2 {
            assert!(world.play("alice: ?ping").await.answer().contains("Pong"));
            assert!(
                world
                    .play("alice: @bot ping")
                    .await
                    .answer()
                    .contains("Pong")
            );
            assert_eq!(world.play("alice: !ping").await.len(), 1, "nobody answers");
            world.play("restart").await;
        }
        let shown = world.play("alice: ?prefix").await.answer();
        assert_eq!(shown, prefix(world, "prefix-show", "?"));
        assert_eq!(world.play("alice: /prefix show").await.answer(), shown);
        let reset = world.play("owner: /prefix reset").await.answer();
        assert_eq!(reset, prefix(world, "prefix-reset", "!"));
        assert!(world.play("alice: !ping").await.answer().contains("Pong"));
    })
    .await;
}

#[tokio::test]
async fn each_change_of_the_prefix_is_recorded_once() {
    World::each(async |world| {
        world.play("owner: !prefix set ??").await;
        let again = world.play("owner: ??prefix set ??").await.answer();
        assert_eq!(again, prefix(world, "prefix-unchanged", "??"));
        world.play("owner: ??prefix reset").await;
        let changes = changes(world).await;
        let owner = world.sim.user_id("owner").unwrap().cast_signed();
        assert_eq!(changes.len(), 2);
        for (change, (before, after)) in changes.iter().zip([("!", "??"), ("??", "!")]) {
            assert_eq!((change.key.as_str(), change.actor_id), ("prefix", owner));
            assert_eq!(change.source, ConfigSource::Command);
            assert_eq!(change.before, Some(before.into()));
            assert_eq!(change.after, Some(after.into()));
        }
    })
    .await;
}

#[tokio::test]
async fn a_prefix_that_cannot_be_typed_or_read_is_refused() {
    World::each(async |world| {
        for (line, says) in [
            ("owner: !prefix set", "Which prefix?"),
            ("owner: !prefix set toolong", "That text has 7 characters"),
            ("owner: !prefix set a`", "cannot be used"),
            ("owner: !prefix set \"a b\"", "cannot be used"),
            ("owner: !prefix set /", "cannot be used"),
            ("owner: !prefix set #x", "cannot be used"),
            ("owner: /prefix set prefix:@x", "cannot be used"),
            (
                "owner: !prefix set a b",
                "I do not know what to do with `b`",
            ),
            ("owner: !prefix set -x", "There is no flag `-x`"),
            (
                "alice: !prefix set ?",
                "You need the permission **Manage Server**",
            ),
            (
                "mod: /prefix reset",
                "You need the permission **Manage Server**",
            ),
            ("alice@bot: !prefix", "works in a server only"),
        ] {
            let answer = world.play(line).await.answer();
            assert!(answer.contains(says), "{line}: {answer}");
        }
        assert!(changes(world).await.is_empty());
    })
    .await;
}
