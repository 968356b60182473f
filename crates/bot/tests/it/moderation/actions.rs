//! What happens when everything goes well.

use super::{case, requests};
use crate::world::World;
use chrono::TimeDelta;
use controllers::verify_chain;
use discord_sim::ShownKind;
use entity::value::{CaseKind, CaseState};

#[tokio::test]
async fn a_ban_tells_first_then_acts_then_logs_then_answers() {
    World::each(async |world| {
        let seen = world.play("mod: !ban @troll -reason spam and scams").await;
        let order: Vec<ShownKind> = seen.iter().skip(1).map(|shown| shown.kind).collect();
        let expected = [
            ShownKind::Dm,
            ShownKind::Ban,
            ShownKind::Message,
            ShownKind::Message,
        ];
        assert_eq!(order, expected, "{seen}");
        let ban = seen.only(ShownKind::Ban);
        assert_eq!(ban.target.as_deref(), Some("troll"));
        assert_eq!(
            ban.reason.as_deref(),
            Some("#1 mod: spam and scams"),
            "the marker of the case"
        );
        assert!(
            seen.dms("troll")[0].contains("is being applied"),
            "an intent, not a fact: {seen}"
        );
        assert!(seen.log()[0].starts_with("#1 banned troll"), "{seen}");
        assert!(
            seen.answer()
                .contains("**#1** banned troll, DM delivered, log posted"),
            "{seen}"
        );
        let case = case(world, 1).await;
        assert_eq!((case.kind, case.state), (CaseKind::Ban, CaseState::Active));
        assert!(case.effective_at.is_some() && case.log_message_id.is_some());
    })
    .await;
}

#[tokio::test]
async fn slash_and_prefix_say_the_same_and_leave_the_same() {
    World::each(async |world| {
        let prefix = world.play("mod: !timeout @troll 10m calm down").await;
        world.play("mod: !untimeout @troll").await;
        let slash = world
            .play(r#"mod: /timeout member:@troll duration:10m reason:"calm down""#)
            .await;
        assert_eq!(
            prefix.answer().replace("#1", "#n"),
            slash.answer().replace("#3", "#n")
        );
        let (first, second) = (case(world, 1).await, case(world, 3).await);
        assert_eq!(first.reason, second.reason);
        assert_eq!(first.expires_at, second.expires_at);
        assert_eq!(first.kind, second.kind);
    })
    .await;
}

#[tokio::test]
async fn every_action_makes_one_numbered_case_and_one_effect() {
    World::each(async |world| {
        let lines = [
            ("mod: !warn @alice -reason one", None, CaseState::Done),
            (
                "mod: !timeout @alice 5m two",
                Some(ShownKind::Timeout),
                CaseState::Active,
            ),
            (
                "mod: !untimeout @alice three",
                Some(ShownKind::Untimeout),
                CaseState::Done,
            ),
            (
                "mod: !kick @alice four",
                Some(ShownKind::Kick),
                CaseState::Done,
            ),
            (
                "mod: !ban @bob five",
                Some(ShownKind::Ban),
                CaseState::Active,
            ),
            (
                "mod: !unban @bob six",
                Some(ShownKind::Unban),
                CaseState::Done,
            ),
        ];
        for (number, (line, effect, state)) in (1..).zip(lines) {
            let seen = world.play(line).await;
            if let Some(effect) = effect {
                assert!(
                    seen.only(effect)
                        .reason
                        .as_deref()
                        .unwrap()
                        .starts_with(&format!("#{number} mod: "))
                );
            }
            assert!(seen.answer().contains(&format!("**#{number}**")), "{seen}");
            assert_eq!(case(world, number).await.state, state, "{line}");
        }
        assert_eq!(case(world, 2).await.state, CaseState::Lifted);
        assert_eq!(case(world, 5).await.state, CaseState::Lifted);
        assert_eq!(case(world, 5).await.closed_by, Some(6));
    })
    .await;
}

#[tokio::test]
async fn the_history_of_a_case_is_a_whole_chain() {
    World::each(async |world| {
        world.play("mod: !ban @troll -reason spam").await;
        world.play("mod: !unban @troll -reason second chance").await;
        let events = world.db().case_events().timeline(1).await.unwrap();
        let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["created", "effective", "logged", "lifted"]);
        verify_chain(&events).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_timeout_ends_by_itself_and_its_case_says_so() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 10m calm down").await;
        let end = case(world, 1).await.created_at + TimeDelta::minutes(10);
        let troll = world.sim.user_id("troll").unwrap();
        assert_eq!(world.sim.timeout_until(troll), Some(end.timestamp_millis()));
        world.play("wait 11m").await;
        assert_eq!(case(world, 1).await.state, CaseState::Expired);
        let again = world.play("mod: !timeout @troll 10m again").await;
        assert!(again.answer().contains("**#2**"), "{again}");
    })
    .await;
}

#[tokio::test]
async fn a_timeout_beyond_what_discord_knows_is_renewed() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 60d long").await;
        assert_eq!(requests(world, "PATCH", "/members/"), 1);
        let troll = world.sim.user_id("troll").unwrap();
        world.play("wait 27d").await;
        world.play("wait 2d").await;
        assert_eq!(requests(world, "PATCH", "/members/"), 2, "renewed once");
        let until = world.sim.timeout_until(troll).expect("still in timeout");
        assert!(until > world.sim.clock().now_ms());
        assert_eq!(case(world, 1).await.state, CaseState::Active);
    })
    .await;
}

#[tokio::test]
async fn a_ban_for_a_time_is_lifted_when_it_is_over_and_not_before() {
    World::each(async |world| {
        world
            .play("mod: !ban @troll -duration 1h -reason spam")
            .await;
        assert_eq!(case(world, 1).await.kind, CaseKind::Tempban);
        let early = world.play("wait 59m").await;
        assert!(early.of(ShownKind::Unban).is_empty(), "{early}");
        let due = world.play("wait 2m").await;
        assert_eq!(due.only(ShownKind::Unban).target.as_deref(), Some("troll"));
        assert_eq!(case(world, 1).await.state, CaseState::Expired);
    })
    .await;
}

#[tokio::test]
async fn a_ban_lifted_by_hand_is_not_lifted_again() {
    World::each(async |world| {
        world
            .play("mod: !ban @troll -duration 1h -reason spam")
            .await;
        world.play("mod: !unban @troll -reason mistake").await;
        world.play("mod: !ban @troll -reason for good").await;
        let later = world.play("wait 2h").await;
        assert!(later.of(ShownKind::Unban).is_empty(), "{later}");
        assert_eq!(case(world, 3).await.state, CaseState::Active);
    })
    .await;
}

#[tokio::test]
async fn a_ban_deletes_messages_of_as_many_days_as_asked() {
    World::each(async |world| {
        world.play("troll#random: buy now").await;
        let seen = world.play("mod: !ban @troll -delete 1 -reason spam").await;
        assert!(!seen.of(ShownKind::Delete).is_empty(), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn several_people_get_a_case_each_and_one_answer() {
    World::each(async |world| {
        let seen = world.play("mod: !ban @troll @owner @bob spam").await;
        assert_eq!(seen.of(ShownKind::Ban).len(), 2, "{seen}");
        let answer = seen.answer();
        assert!(
            answer.contains("**#1** banned troll") && answer.contains("**#2** banned bob"),
            "{answer}"
        );
        assert!(
            answer.contains("owner not banned: owner owns this server"),
            "{answer}"
        );
        assert_eq!(super::cases(world).await, 2);
    })
    .await;
}

#[tokio::test]
async fn silence_is_kept_and_said() {
    World::each(async |world| {
        let seen = world.play("mod: !warn @troll -silent -reason quiet").await;
        assert!(seen.dms("troll").is_empty(), "{seen}");
        assert!(seen.answer().contains("no DM, as asked"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn somebody_outside_the_guild_can_be_banned_by_id() {
    World::each(async |world| {
        let troll = world.sim.user_id("troll").unwrap();
        world.play("mod: !kick @troll bye").await;
        let seen = world
            .play(&format!("mod: !ban {troll} -reason and stay away"))
            .await;
        assert_eq!(seen.only(ShownKind::Ban).target.as_deref(), Some("troll"));
        assert!(!case(world, 2).await.target_was_member);
        assert!(
            seen.dms("troll").is_empty(),
            "nobody who shares no guild can be told: {seen}"
        );
    })
    .await;
}
