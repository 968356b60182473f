//! How a command is called, before it is known which.

use crate::world::World;

/// Whether the bot took a line for a command: it answers one that it does not know.
async fn takes(world: &mut World, line: &str) -> bool {
    let seen = world.play(line).await;
    let answers = seen
        .iter()
        .filter(|shown| shown.author.as_deref() == Some("Rookery"))
        .count();
    assert!(answers <= 1, "one answer at most to {line}:\n{seen}");
    answers == 1
}

#[tokio::test]
async fn ping_is_answered_by_prefix_mention_slash_and_in_direct_messages() {
    World::each(async |world| {
        for line in [
            "alice: !ping",
            "alice: @bot ping",
            "alice: /ping",
            "alice@bot: ping",
        ] {
            let seen = world.play(line).await;
            assert!(seen.answer().contains("ms"), "{line}:\n{seen}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_prefix_or_a_mention_calls_with_any_spaces_after_it() {
    World::each(async |world| {
        for line in [
            "alice: !nothing",
            "alice: !   nothing",
            "alice: !NoThing at all",
            "alice: @bot nothing",
            "alice: @bot    nothing",
            "alice#random: !nothing",
        ] {
            assert!(takes(world, line).await, "{line}");
        }
    })
    .await;
}

#[tokio::test]
async fn other_messages_call_nothing() {
    World::each(async |world| {
        for line in [
            "alice: nothing",
            "alice: hello @bot",
            "alice: ?nothing",
            "alice: !",
            "alice: !?!",
            "alice:  so !nothing",
        ] {
            assert!(!takes(world, line).await, "{line}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_direct_message_needs_no_prefix() {
    World::each(async |world| {
        for line in [
            "alice@bot: nothing",
            "alice@bot: !nothing",
            "alice@bot: @bot nothing",
        ] {
            assert!(takes(world, line).await, "{line}");
        }
    })
    .await;
}

#[tokio::test]
async fn names_of_commands_may_be_written_in_capitals() {
    World::each(async |world| {
        let seen = world.play("mod: !WARN @troll -REASON loud").await;
        assert!(seen.answer().contains("#1"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_name_suggests_what_the_author_may_use() {
    World::each(async |world| {
        let moderator = world.play("mod: !bna @troll").await.answer();
        assert_eq!(moderator, "There is no command `bna`. Did you mean `!ban`?");
        let alice = world.play("alice: !bna @troll").await.answer();
        assert_eq!(alice, "There is no command `bna`. `!help` lists them.");
        let direct = world.play("alice@bot: !pingg").await.answer();
        assert_eq!(direct, "There is no command `pingg`. Did you mean `!ping`?");
    })
    .await;
}
