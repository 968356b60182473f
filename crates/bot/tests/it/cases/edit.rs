//! Corrections.

use super::{fault, made_by, record};
use crate::world::World;
use controllers::{Crud as _, NewCase, verify_chain};
use discord_sim::{FaultAction, ShownKind};
use entity::{
    mod_case,
    value::{CaseEventKind, CaseKind, CaseState},
};

const NOON: i64 = 1_803_902_400;
const HOUR: i64 = 3_600;

async fn case(world: &World, number: i64) -> mod_case::Model {
    let db = world.db();
    db.cases().get((db.id(), number)).await.expect("the case")
}

/// How many events a case has; the chain of all of them holds.
async fn events(world: &World, number: i64) -> usize {
    let events = world
        .db()
        .case_events()
        .timeline(number)
        .await
        .expect("events");
    verify_chain(&events).expect("the chain holds");
    events.len()
}

/// When Discord lets a person talk again, in seconds.
fn silent_until(world: &World, person: &str) -> Option<i64> {
    let id = world.sim.user_id(person).expect("a person");
    world.sim.timeout_until(id).map(|until| until / 1_000)
}

#[tokio::test]
async fn a_new_reason_is_an_event_and_in_the_log_and_told_nobody() {
    World::each(async |world| {
        world.play("mod: !warn @alice -reason rude").await;
        let before = events(world, 1).await;
        let seen = world
            .play("mod: !cases edit 1 -reason \"very *rude*\"")
            .await;
        assert_eq!(seen.answer(), "Case #1 is changed: the reason.");
        assert_eq!(seen.dms("alice"), [""; 0], "{seen}");
        let log = seen.log();
        assert!(
            log.len() == 1 && log[0].contains("very \\*rude\\*"),
            "{seen}"
        );
        assert_eq!(
            seen.of(ShownKind::Edit).len(),
            1,
            "the message that was there: {seen}"
        );
        assert_eq!(case(world, 1).await.reason, "very *rude*");
        assert_eq!(events(world, 1).await, before + 1);
        let card = world.play("mod: !case 1").await.answer();
        assert!(
            card.contains("edited by @mod: the reason, which was \"rude\""),
            "{card}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_case_says_already_changes_nothing() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h spam").await;
        let before = events(world, 1).await;
        for edit in ["-reason spam", "-duration 1h", "-reason spam -duration 1h"] {
            let seen = world.play(&format!("mod: !cases edit 1 {edit}")).await;
            let answer = "Case #1 already says that, so nothing was changed.";
            assert_eq!(seen.answer(), answer, "{edit}");
            assert_eq!(seen.len(), 2, "{seen}");
        }
        assert_eq!(events(world, 1).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_new_end_is_told_to_discord_and_comes_when_it_says() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h spam").await;
        let seen = world.play("mod: /cases edit number:1 duration:3h").await;
        let until = NOON + 3 * HOUR;
        let answer = format!("Case #1 is changed: it now ends <t:{until}:f>.");
        assert_eq!(seen.answer(), answer);
        assert_eq!(
            seen.only(ShownKind::Timeout).target.as_deref(),
            Some("troll")
        );
        assert_eq!(silent_until(world, "troll"), Some(until));
        world.play("wait 2h").await;
        assert_eq!(
            case(world, 1).await.state,
            CaseState::Active,
            "the old end is past"
        );
        world.play("wait 61m").await;
        assert_eq!(case(world, 1).await.state, CaseState::Expired);
    })
    .await;
}

#[tokio::test]
async fn an_earlier_end_comes_earlier() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1d spam").await;
        world
            .play("mod: !cases edit 1 -d 10m -r \"less of it\"")
            .await;
        assert_eq!(silent_until(world, "troll"), Some(NOON + HOUR / 6));
        world.play("wait 11m").await;
        let case = case(world, 1).await;
        assert_eq!(
            (case.state, case.reason.as_str()),
            (CaseState::Expired, "less of it")
        );
    })
    .await;
}

#[tokio::test]
async fn an_end_beyond_what_discord_knows_is_renewed_until_it_comes() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h spam").await;
        world.play("mod: !cases edit 1 -duration 60d").await;
        world.play("mod: !cases edit 1 -duration 70d").await;
        let days = |days: i64| NOON + days * 24 * HOUR;
        let silent = |world: &World| silent_until(world, "troll").expect("a timeout");
        assert!(silent(world) > days(27) && silent(world) <= days(28));
        world.play("wait 27d").await;
        assert!(silent(world) > days(54) && silent(world) < days(56));
        world.play("wait 27d").await;
        assert_eq!(silent(world), days(70));
        world.play("wait 17d").await;
        assert_eq!(case(world, 1).await.state, CaseState::Expired);
        assert_eq!(silent_until(world, "troll"), None);
        let trouble = world.play("mod: !case 1").await.answer();
        assert!(!trouble.contains("failed"), "{trouble}");
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_temporary_ban_moves_or_goes() {
    World::each(async |world| {
        world
            .play("mod: !ban @troll -duration 1h -reason spam")
            .await;
        world.play("mod: !cases edit 1 -duration 5h").await;
        world.play("wait 2h").await;
        assert_eq!(world.sim.bans().len(), 1, "the old end is past");
        let seen = world.play("mod: !cases edit 1 -duration perm").await;
        assert_eq!(
            seen.answer(),
            "Case #1 is changed: it no longer ends by itself."
        );
        world.play("wait 5h").await;
        assert_eq!(world.sim.bans().len(), 1);
        world.play("mod: !cases edit 1 -duration 1h").await;
        let seen = world.play("wait 2h").await;
        assert_eq!(seen.only(ShownKind::Unban).target.as_deref(), Some("troll"));
        assert_eq!(case(world, 1).await.state, CaseState::Expired);
    })
    .await;
}

#[tokio::test]
async fn what_has_no_end_or_no_such_end_is_refused() {
    World::each(async |world| {
        world.play("mod: !warn @alice -reason one").await;
        world.play("mod: !timeout @troll 1h two").await;
        let before = (events(world, 1).await, events(world, 2).await);
        for (edit, why) in [
            (
                "1 -duration 1h",
                "Case #1 (Warning) has no end that could be changed.",
            ),
            ("2 -duration perm", "This needs an end: from `1s` to `1y`."),
            (
                "2 -duration 2y",
                "That time is out of range: this takes from `1s` to `1y`.",
            ),
            ("2 -duration soon", "I cannot read that as a time."),
            ("2 -duration 2027-02-01", "That time has already passed."),
            ("2", "What should change? Add `-reason` or `-duration`."),
            ("2 better", "I do not know what to do with `better`"),
            ("99 -reason x", "There is no case #99 here."),
            ("2 -reson x", "There is no flag `-reson` here"),
        ] {
            let answer = world
                .play(&format!("mod: !cases edit {edit}"))
                .await
                .answer();
            assert!(answer.starts_with(why), "{edit}: {answer}");
        }
        assert_eq!((events(world, 1).await, events(world, 2).await), before);
        assert_eq!(silent_until(world, "troll"), Some(NOON + HOUR));
    })
    .await;
}

#[tokio::test]
async fn a_case_that_has_ended_stays_as_it_is() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h spam").await;
        world.play("mod: !untimeout @troll").await;
        world.play("mod: !timeout @alice 1h spam").await;
        world.play("wait 2h").await;
        for (number, state) in [(1, "lifted"), (3, "ended by time")] {
            for edit in ["-reason other", "-duration 5h"] {
                let line = format!("mod: !cases edit {number} {edit}");
                let answer = world.play(&line).await.answer();
                let why = format!("Case #{number} is {state}, so that can no longer be changed.");
                assert_eq!(answer, why, "{edit}");
            }
            assert_eq!(case(world, number).await.reason, "spam");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reason_that_is_too_long_is_cut_and_the_answer_says_so() {
    World::each(async |world| {
        world.play("mod: !warn @alice -reason rude").await;
        let long = "x".repeat(1_200);
        let answer = world
            .play(&format!("mod: !cases edit 1 -reason {long}"))
            .await
            .answer();
        assert!(answer.contains("longer than 1000 characters"), "{answer}");
        assert_eq!(case(world, 1).await.reason.len(), 1_000);
    })
    .await;
}

#[tokio::test]
async fn the_cases_of_others_need_more() {
    World::each(async |world| {
        let by = |moderator| made_by(world, moderator, CaseKind::Warn, "alice");
        record(world, vec![by("mod"), by("admin")]).await;
        // Ban Members is what editing the cases of others needs.
        let only_timeout = poise::serenity_prelude::Permissions::MODERATE_MEMBERS.bits();
        world
            .sim
            .set_permissions("Moderator", only_timeout)
            .expect("a role");
        world.settle().await;
        let own = world.play("mod: !cases edit 1 -reason mine").await.answer();
        assert_eq!(own, "Case #1 is changed: the reason.");
        let other = world.play("mod: !cases edit 2 -reason mine").await.answer();
        let why = "You need the permission **Ban Members** for editing a case of @admin.";
        assert!(other.starts_with(why), "{other}");
        assert_eq!(case(world, 2).await.reason, "spam");
        let admin = world
            .play("admin: !cases edit 1 -reason theirs")
            .await
            .answer();
        assert_eq!(admin, "Case #1 is changed: the reason.");
        let alice = world
            .play("alice: !cases edit 1 -reason nice")
            .await
            .answer();
        assert!(
            alice.starts_with("You need the permission **Timeout Members**"),
            "{alice}"
        );
    })
    .await;
}

#[tokio::test]
async fn discord_refusing_a_new_end_is_told() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h spam").await;
        let forbidden = FaultAction::Status(403, None);
        world
            .sim
            .fault(fault("PATCH", "/guilds/*/members/*", None, forbidden));
        let answer = world.play("mod: !cases edit 1 -duration 5h").await.answer();
        assert!(answer.contains("Discord refused the new end"), "{answer}");
        assert_eq!(silent_until(world, "troll"), Some(NOON + HOUR));
        let card = world.play("mod: !case 1").await.answer();
        assert!(card.contains("timeout: failed after one try"), "{card}");
    })
    .await;
}

#[tokio::test]
async fn a_new_end_is_told_to_discord_as_soon_as_it_answers_again() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h spam").await;
        let away = FaultAction::Status(503, None);
        world
            .sim
            .fault(fault("PATCH", "/guilds/*/members/*", None, away));
        let answer = world.play("mod: !cases edit 1 -duration 5h").await.answer();
        assert!(answer.contains("I keep trying"), "{answer}");
        world.sim.clear_faults();
        let seen = world.play("wait 10m").await;
        assert_eq!(seen.of(ShownKind::Timeout).len(), 1, "{seen}");
        assert_eq!(silent_until(world, "troll"), Some(NOON + 5 * HOUR));
    })
    .await;
}

#[tokio::test]
async fn a_kill_between_an_edit_and_discord_loses_nothing() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h spam").await;
        world.sim.fault(fault(
            "PATCH",
            "/guilds/*/members/*",
            None,
            FaultAction::Hold,
        ));
        world.begin("mod: !cases edit 1 -duration 5h").await;
        world
            .until("the edit is under way", |world| {
                let edits = |r: &discord_sim::Request| r.method == "PATCH" && r.status.is_none();
                world.sim.requests().iter().any(edits)
            })
            .await;
        world.restart().await;
        world.sim.clear_faults();
        world.play("wait 10m").await;
        assert_eq!(silent_until(world, "troll"), Some(NOON + 5 * HOUR));
        let log = world.db().case_events().timeline(1).await.expect("events");
        let edits = log
            .iter()
            .filter(|event| event.kind == CaseEventKind::Edited)
            .count();
        assert_eq!(edits, 1);
    })
    .await;
}

#[tokio::test]
async fn an_edit_while_the_log_message_is_on_its_way_has_the_last_word() {
    World::each(async |world| {
        let log = world.sim.channel_id("mod-log").expect("a channel");
        let path = format!("/channels/{log}/messages");
        world
            .sim
            .fault(fault("POST", &path, None, FaultAction::Hold));
        world.begin("mod: !warn @alice -reason rude").await;
        world.held("POST", &path).await;
        // Of one person, the second command waits for the first one.
        world.begin("admin: !cases edit 1 -reason polite").await;
        let answered = |world: &World| {
            let shown = world.sim.shown(0);
            let answer = shown.last().and_then(|shown| shown.content.as_deref());
            answer == Some("Case #1 is changed: the reason.")
        };
        world.until("the edit is answered", answered).await;
        world.sim.clear_faults();
        world.settle().await;
        let seen = world.play("wait 1m").await;
        let log = seen.log();
        assert!(
            log.last().is_some_and(|log| log.contains("polite")),
            "{seen}"
        );
    })
    .await;
}

#[tokio::test]
async fn two_moderators_at_once_leave_one_of_their_reasons_and_both_events() {
    World::each(async |world| {
        let case_of_mod = made_by(world, "mod", CaseKind::Warn, "alice");
        record(
            world,
            vec![NewCase {
                reason: "first".to_owned(),
                ..case_of_mod
            }],
        )
        .await;
        world.begin("mod: !cases edit 1 -reason one").await;
        world.begin("admin: !cases edit 1 -reason two").await;
        world.settle().await;
        let reason = case(world, 1).await.reason;
        assert!(["one", "two"].contains(&reason.as_str()), "{reason}");
        assert_eq!(events(world, 1).await, 3);
    })
    .await;
}
