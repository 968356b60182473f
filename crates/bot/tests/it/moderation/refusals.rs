//! What may not be done is not done, and said in words that help.

use super::{cases, requests};
use crate::world::World;
use discord_sim::{Edit, ShownKind};

/// Nothing was written and nothing was changed in Discord.
async fn nothing_happened(world: &World, line: &str) {
    assert_eq!(cases(world).await, 0, "{line}");
    let writes = requests(world, "PUT", "/bans/")
        + requests(world, "DELETE", "/members/")
        + requests(world, "PATCH", "/members/")
        + requests(world, "DELETE", "/bans/");
    assert_eq!(writes, 0, "{line}");
}

#[tokio::test]
async fn members_without_the_permission_are_refused_in_both_forms() {
    World::each(async |world| {
        for line in [
            "alice: !warn @bob x",
            "alice: !kick @bob x",
            "alice: !ban @bob x",
            "alice: !unban @bob x",
            "alice: !timeout @bob 5m x",
            "alice: !untimeout @bob x",
            "alice: /ban member:@bob reason:x",
        ] {
            let seen = world.play(line).await;
            assert!(
                seen.answer().starts_with("You need the permission **"),
                "{line}: {seen}"
            );
            nothing_happened(world, line).await;
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_acts_on_themselves_the_bot_the_owner_or_somebody_above() {
    World::each(async |world| {
        for (line, says) in [
            ("mod: !ban @mod x", "You cannot do that to yourself"),
            ("mod: !ban @bot x", "I do not do that to myself"),
            ("mod: !ban @owner x", "owner owns this server"),
            (
                "mod: !kick @admin x",
                "Your highest role is not above that of admin",
            ),
            (
                "mod: !timeout @admin 5m x",
                "Your highest role is not above that of admin",
            ),
            (
                "owner: !kick @admin x",
                "My highest role is not above that of admin",
            ),
            (
                "owner: !timeout @admin 5m x",
                "My highest role is not above that of admin",
            ),
        ] {
            let seen = world.play(line).await;
            assert!(seen.answer().contains(says), "{line}: {seen}");
            nothing_happened(world, line).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_missing_permission_of_the_bot_is_named_before_anything_happens() {
    World::each(async |world| {
        world.sim.set_permissions("Rookery", 0).unwrap();
        let seen = world.play("mod: !ban @troll x").await;
        assert!(
            seen.answer()
                .contains("I lack the permission **Ban Members**"),
            "{seen}"
        );
        nothing_happened(world, "ban").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_cannot_be_lifted_and_what_is_there_not_done_twice() {
    World::each(async |world| {
        let seen = world.play("mod: !unban @alice x").await;
        assert!(seen.answer().contains("alice is not banned"), "{seen}");
        let seen = world.play("mod: !untimeout @alice x").await;
        assert!(seen.answer().contains("alice is not timed out"), "{seen}");
        world.play("mod: !ban @troll spam").await;
        let seen = world.play("admin: !ban @troll spam").await;
        assert!(seen.answer().contains("case #1 by @mod"), "{seen}");
        assert!(seen.of(ShownKind::Ban).is_empty());
        assert_eq!(cases(world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_ban_made_in_discord_itself_is_known() {
    World::each(async |world| {
        let ban = Edit::Ban {
            by: "owner".into(),
            target: "troll".into(),
            reason: None,
            delete_seconds: 0,
        };
        world.sim.mutate(&ban).unwrap();
        let seen = world.play("mod: !ban @troll x").await;
        assert!(seen.answer().contains("already banned"), "{seen}");
        let seen = world.play("mod: !unban @troll x").await;
        assert_eq!(seen.only(ShownKind::Unban).target.as_deref(), Some("troll"));
    })
    .await;
}

#[tokio::test]
async fn bots_are_not_warned_and_people_who_left_not_kicked() {
    World::each(async |world| {
        let kicked = Edit::Kick {
            by: "owner".into(),
            target: "troll".into(),
            reason: None,
        };
        world.sim.mutate(&kicked).unwrap();
        let seen = world.play("mod: !kick @troll x").await;
        assert!(
            seen.answer().contains("troll is not in this server"),
            "{seen}"
        );
        let seen = world.play("mod: !warn @troll x").await;
        assert!(
            seen.answer().contains("troll is not in this server"),
            "{seen}"
        );
        nothing_happened(world, "kick").await;
    })
    .await;
}

#[tokio::test]
async fn commands_of_a_guild_say_so_in_a_direct_message() {
    World::each(async |world| {
        let seen = world.play("mod@bot: !ban @troll x").await;
        assert!(seen.answer().contains("works in a server only"), "{seen}");
        nothing_happened(world, "dm").await;
    })
    .await;
}
