//! What cannot be understood does nothing and says what to write instead.

use super::cases;
use crate::world::World;

#[tokio::test]
async fn bad_input_is_explained_with_the_usage_and_does_nothing() {
    World::each(async |world| {
        for (line, says) in [
            ("mod: !ban", "Whom do you mean?"),
            ("mod: !timeout @troll", "For how long?"),
            ("mod: !timeout @troll soon", "cannot read that as a time"),
            ("mod: !timeout @troll -5m", "cannot read that as a time"),
            ("mod: !timeout @troll 2y x", "out of range"),
            ("mod: !timeout @troll perm x", "needs an end"),
            ("mod: !ban @troll -resaon x", "Did you mean `-reason`?"),
            ("mod: !ban @troll -delete 8 x", "from 0 to 7"),
            ("mod: !ban @troll -delete many x", "number of days"),
            ("mod: !ban @troll -silent -silent x", "is there twice"),
            ("mod: !ban nobody-like-this x", "I found nobody"),
            ("mod: !ban 99999999999999999 x", "I found nobody"),
        ] {
            let seen = world.play(line).await;
            let answer = seen.answer();
            assert!(answer.contains(says), "{line}: {answer}");
            assert_eq!(cases(world).await, 0, "{line}");
        }
        let seen = world.play("mod: !timeout @troll").await;
        assert!(
            seen.answer()
                .contains("`!timeout <member…> <duration> [reason]"),
            "{seen}"
        );
    })
    .await;
}

#[tokio::test]
async fn reasons_are_shown_as_they_were_typed_and_never_as_markup() {
    World::each(async |world| {
        let seen = world
            .play("mod: !warn @troll *bold* @everyone `code`")
            .await;
        assert!(seen.log()[0].contains(r"\*bold\*"), "{seen}");
        let sent = world.sim.requests();
        let mentions = sent
            .iter()
            .filter(|r| r.method == "POST" && r.path.ends_with("/messages"));
        for request in mentions {
            let allowed = &request.body.as_ref().unwrap()["allowed_mentions"]["parse"];
            assert_eq!(
                allowed,
                &serde_json::json!([]),
                "nobody is pinged: {request:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_reason_that_is_too_long_is_cut_and_the_answer_says_so() {
    World::each(async |world| {
        let seen = world
            .play(&format!("mod: !warn @troll {}", "x".repeat(1_500)))
            .await;
        assert!(seen.answer().contains("the rest was cut"), "{seen}");
        assert_eq!(super::case(world, 1).await.reason.chars().count(), 1_000);
    })
    .await;
}

#[tokio::test]
async fn more_than_twenty_people_are_too_many() {
    World::each(async |world| {
        let ids: Vec<String> = (0..21)
            .map(|n| (100_000_000_000_000_000u64 + n).to_string())
            .collect();
        let seen = world.play(&format!("mod: !ban {} x", ids.join(" "))).await;
        assert!(seen.answer().contains("21 people"), "{seen}");
        assert_eq!(cases(world).await, 0);
    })
    .await;
}
