//! Lists.

use super::{listed, made_by, record, warnings};
use crate::world::World;
use entity::value::CaseKind;

fn down(from: u32, to: u32) -> Vec<u32> {
    (to..=from).rev().collect()
}

#[tokio::test]
async fn a_list_is_turned_forward_and_back_newest_first() {
    World::each(async |world| {
        warnings(world, 23).await;
        let answer = world.play("mod: !cases list").await.answer();
        assert_eq!(listed(&answer), down(23, 14));
        assert!(answer.ends_with("Page 1 of 3"), "{answer}");
        for (button, expected, page) in [
            ("Next", down(13, 4), 2),
            ("Next", down(3, 1), 3),
            ("Previous", down(13, 4), 2),
            ("Previous", down(23, 14), 1),
            ("Last", down(3, 1), 3),
            ("First", down(23, 14), 1),
        ] {
            let answer = world.play(&format!("mod: click {button}")).await.answer();
            assert_eq!(listed(&answer), expected, "{button}");
            assert!(answer.ends_with(&format!("Page {page} of 3")), "{answer}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_of_one_page_has_no_buttons_and_an_empty_one_says_why() {
    World::each(async |world| {
        let nothing = world.play("mod: !cases").await.answer();
        assert!(nothing.contains("No cases yet"), "{nothing}");
        warnings(world, 10).await;
        let seen = world.play("mod: !cases").await;
        assert!(seen.answer().ends_with("Page 1 of 1"), "{seen}");
        assert!(
            seen.iter().all(|shown| shown.components.is_empty()),
            "{seen}"
        );
        let nothing = world.play("mod: !cases list -type ban").await.answer();
        assert!(nothing.contains("No case matches that."), "{nothing}");
    })
    .await;
}

#[tokio::test]
async fn every_filter_narrows_the_list_in_both_forms() {
    World::each(async |world| {
        let cases = vec![
            made_by(world, "mod", CaseKind::Warn, "alice"),
            made_by(world, "admin", CaseKind::Ban, "bob"),
            made_by(world, "mod", CaseKind::Timeout, "troll"),
        ];
        record(world, cases).await;
        world.play("wait 2h").await;
        let late = made_by(world, "mod", CaseKind::Warn, "bob");
        record(
            world,
            vec![controllers::NewCase {
                reason: "Advertising again".to_owned(),
                ..late
            }],
        )
        .await;
        for (flags, options, expected) in [
            ("-user @bob", "user:@bob", vec![4, 2]),
            ("-mod @admin", "mod:@admin", vec![2]),
            ("-type warn", "type:warn", vec![4, 1]),
            ("-TYPE Warn", "type:warn", vec![4, 1]),
            ("-state pending", "state:pending", vec![3, 2]),
            ("-source command", "source:command", vec![4, 3, 2, 1]),
            ("-since 1h", "since:1h", vec![4]),
            ("-until 1h", "until:1h", vec![3, 2, 1]),
            (
                "-since \"2027-03-01 13:00\"",
                "since:\"2027-03-01 13:00\"",
                vec![4],
            ),
            ("-reason advert", "reason:advert", vec![4]),
            ("-active", "active:true", vec![3, 2]),
            ("-user @bob -state done", "user:@bob state:done", vec![4]),
        ] {
            let prefix = world
                .play(&format!("mod: !cases list {flags}"))
                .await
                .answer();
            assert_eq!(listed(&prefix), expected, "{flags}: {prefix}");
            let slash = world
                .play(&format!("mod: /cases list {options}"))
                .await
                .answer();
            assert_eq!(slash, prefix, "{options}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_summary_counts_the_whole_list_by_family_and_state() {
    World::each(async |world| {
        let warn = made_by(world, "mod", CaseKind::Warn, "alice");
        let mut cases = vec![warn; 11];
        cases.push(made_by(world, "mod", CaseKind::Ban, "bob"));
        record(world, cases).await;
        let answer = world.play("mod: !cases").await.answer();
        let summary = "12 cases: bans 1 waiting for Discord · warnings 11 done";
        assert!(answer.contains(summary), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn the_group_takes_nothing_a_number_or_a_person() {
    World::each(async |world| {
        world.play("mod: !warn @alice -reason one").await;
        world.play("mod: !warn @bob -reason two").await;
        let all = world.play("mod: !cases").await.answer();
        assert_eq!(listed(&all), [2, 1]);
        let one = world.play("mod: !cases 1").await.answer();
        assert!(one.starts_with("Case #1 · Warning"), "{one}");
        let of_bob = world.play("mod: !c @bob").await.answer();
        assert!(of_bob.starts_with("Cases of bob"), "{of_bob}");
        assert_eq!(listed(&of_bob), [2]);
        let nobody = world.play("mod: !cases somebody").await.answer();
        assert!(
            nobody.contains("I found nobody called `somebody`"),
            "{nobody}"
        );
        for line in [
            "!case list -user @bob",
            "!cases find -user @bob",
            "!c search -user @bob",
        ] {
            let below = world.play(&format!("mod: {line}")).await.answer();
            assert_eq!(listed(&below), [2], "{line}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_filter_is_refused_with_what_can() {
    World::each(async |world| {
        warnings(world, 1).await;
        for (line, why) in [
            (
                "!cases list -type nonsense",
                "`type` is one of ban, tempban,",
            ),
            (
                "!cases list -state gone",
                "`state` is one of pending, active,",
            ),
            (
                "!cases list -since tomorrow",
                "I cannot read that as a time.",
            ),
            (
                "!cases list -until 0s",
                "That time is zero or too far away.",
            ),
            (
                "!cases list -user someone",
                "`user` takes a mention or an id.",
            ),
            ("!cases list -colour red", "There is no flag `-colour` here"),
            (
                "!cases list nonsense",
                "I do not know what to do with `nonsense`",
            ),
        ] {
            let answer = world.play(&format!("mod: {line}")).await.answer();
            assert!(answer.starts_with(why), "{line}: {answer}");
            assert_eq!(listed(&answer), [0; 0], "{line}");
        }
    })
    .await;
}

#[tokio::test]
async fn names_and_reasons_cannot_break_out_of_their_line() {
    World::each(async |world| {
        let case = controllers::NewCase {
            reason: format!("**#99** @everyone\n# big {}", "*".repeat(900)),
            ..made_by(world, "mod", CaseKind::Warn, "alice")
        };
        record(world, vec![case; 10]).await;
        let answer = world.play("mod: !cases").await.answer();
        assert_eq!(listed(&answer), down(10, 1), "{answer}");
        assert!(
            answer.contains("\\*\\*#99\\*\\* @everyone # big"),
            "{answer}"
        );
        assert!(answer.chars().count() < 4_096);
    })
    .await;
}

#[tokio::test]
async fn members_are_refused() {
    World::each(async |world| {
        warnings(world, 1).await;
        for line in ["!cases", "!cases list", "!cases 1", "/cases list"] {
            let answer = world.play(&format!("alice: {line}")).await.answer();
            let why = "You need the permission **Timeout Members** for";
            assert!(answer.starts_with(why), "{line}: {answer}");
        }
    })
    .await;
}
