//! The card of one case: to staff, and to the person whom it is about.

use super::{fault, listed, made_by, record};
use crate::world::World;
use controllers::Author;
use discord_sim::{FaultAction, ShownKind};
use entity::{guild_config, value::CaseKind};
use service::Retry;

#[tokio::test]
async fn staff_see_everything_that_is_known_of_a_case() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h spam and *more*").await;
        let card = world.play("admin: !case 1").await.answer();
        let lines: Vec<&str> = card.lines().collect();
        for expected in [
            "Case #1 · Timeout",
            "**Reason:** spam and \\*more\\*",
            "active",
            "@mod",
            "a command",
            "Timeline",
            "<t:1803902400:f> created by @mod",
            "<t:1803902400:f> confirmed by Discord",
            "<t:1803902400:f> timeout: done",
            "<t:1803902400:f> direct message: done",
            "<t:1803902400:f> log message: done",
            "<t:1803906000:f> end by time: due <t:1803906000:R>, not tried yet",
        ] {
            assert!(lines.contains(&expected), "{expected}:\n{card}");
        }
        assert!(card.contains("https://discord.com/channels/"), "{card}");
        let slash = world.play("admin: /case number:1").await;
        assert_eq!(
            slash.only(ShownKind::Ephemeral).to.as_deref(),
            Some("admin")
        );
        assert_eq!(slash.answer(), card);
    })
    .await;
}

#[tokio::test]
async fn a_failed_case_says_why_and_what_was_tried() {
    World::each(async |world| {
        let forbidden = FaultAction::Status(403, None);
        world
            .sim
            .fault(fault("PUT", "/guilds/*/bans/*", None, forbidden));
        world.play("mod: !ban @troll -reason spam").await;
        let card = world.play("mod: !case 1").await.answer();
        assert!(card.lines().any(|line| line == "failed"), "{card}");
        assert!(card.contains("failed: "), "{card}");
        assert!(card.contains("ban: failed after one try: "), "{card}");
    })
    .await;
}

#[tokio::test]
async fn an_ended_case_says_when_and_by_what() {
    World::each(async |world| {
        world.play("mod: !ban @troll -reason spam").await;
        world.play("mod: !unban @troll -reason sorry").await;
        let card = world.play("mod: !case 1").await.answer();
        assert!(card.contains("Lifted by case #2"), "{card}");
        assert!(
            card.contains("lifted by case #2"),
            "in the timeline: {card}"
        );
        assert!(card.contains("\nEnded\n"), "{card}");
    })
    .await;
}

#[tokio::test]
async fn members_see_their_own_case_without_what_is_for_staff() {
    World::each(async |world| {
        world.play("mod: !warn @alice -reason rude").await;
        world.play("mod: !cases edit 1 -reason \"very rude\"").await;
        for line in ["alice: !case 1", "alice: /case number:1"] {
            let seen = world.play(line).await;
            let card = seen.answer();
            assert!(
                card.starts_with("Case #1 · Warning\n**Reason:** very rude"),
                "{card}"
            );
            assert!(card.contains("created by staff"), "{card}");
            assert!(card.contains("edited by staff: the reason"), "{card}");
            for hidden in [
                "@mod",
                "log message",
                "direct message",
                "\"rude\"",
                "https://",
            ] {
                assert!(!card.contains(hidden), "{hidden}:\n{card}");
            }
            assert!(
                seen.iter().all(|shown| shown.components.is_empty()),
                "{seen}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn members_learn_nothing_about_notes_and_the_cases_of_others() {
    World::each(async |world| {
        let cases = vec![
            made_by(world, "mod", CaseKind::Warn, "bob"),
            made_by(world, "mod", CaseKind::Note, "alice"),
        ];
        record(world, cases).await;
        let of_nobody = world.play("alice: !case 99").await.answer();
        assert!(of_nobody.starts_with("You need the permission **Timeout Members** for `case`"));
        for number in [1, 2] {
            let refused = world.play(&format!("alice: !case {number}")).await.answer();
            assert_eq!(
                refused, of_nobody,
                "whether there is such a case stays untold"
            );
        }
        let unknown = world.play("mod: !case 99").await.answer();
        assert!(
            unknown.starts_with("There is no case #99 here."),
            "{unknown}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_server_may_keep_cases_from_the_members_they_are_about() {
    World::each(async |world| {
        record(world, vec![made_by(world, "mod", CaseKind::Warn, "alice")]).await;
        let guild_id = world.db().id();
        let database = &world.app().data().database;
        let hidden = database.transaction(Retry::DEFAULT, |db| {
            Box::pin(async move {
                let column = guild_config::Column::SelfView;
                let author = Author::of_command(1);
                let config = db.guild(guild_id).config();
                config
                    .set(column, false.into(), "moderation.self_view", author)
                    .await
            })
        });
        hidden.await.expect("a setting");
        let answer = world.play("alice: !case 1").await.answer();
        assert!(answer.starts_with("You need the permission"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn their_cases_opens_a_list_for_the_one_who_pressed() {
    World::each(async |world| {
        record(
            world,
            vec![made_by(world, "mod", CaseKind::Warn, "alice"); 12],
        )
        .await;
        record(world, vec![made_by(world, "mod", CaseKind::Warn, "bob")]).await;
        world.play("mod: !case 1").await;
        let seen = world.play("mod: click Their cases").await;
        let list = seen.only(ShownKind::Ephemeral);
        assert_eq!(list.to.as_deref(), Some("mod"));
        let answer = seen.answer();
        assert!(answer.starts_with("Cases of alice"), "{answer}");
        assert_eq!(listed(&answer), (3..=12).rev().collect::<Vec<_>>());
        let answer = world.play("mod: click Last").await.answer();
        assert_eq!(listed(&answer), [2, 1]);
    })
    .await;
}

#[tokio::test]
async fn numbers_that_are_none_are_refused() {
    World::each(async |world| {
        for line in [
            "!case",
            "!case zero",
            "!case 0",
            "!case -1",
            "!case 99999999999",
            "!case 1 2",
        ] {
            let answer = world.play(&format!("mod: {line}")).await.answer();
            assert!(
                answer.contains("Usage: `!case <number>`"),
                "{line}: {answer}"
            );
        }
    })
    .await;
}
