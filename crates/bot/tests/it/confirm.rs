//! Questions that want a second press, on the example of the first rank of a guild.

use crate::{seen::text, world::World};
use discord_sim::{Act, ShownKind};

const STALE: &str = "This button is out of date. Run the command again to get a new one.";

/// Asks whether to give the moderators the first rank.
async fn ask(world: &mut World) -> String {
    let role = world.sim.role_id("Moderator").expect("a role");
    let line = format!("admin: !permissions role set {role} 3");
    world.play(&line).await.answer()
}

/// How many roles have a rank.
async fn ranked(world: &World) -> usize {
    world.db().role_ranks().all().await.expect("ranks").len()
}

#[tokio::test]
async fn nothing_happens_before_the_second_press() {
    World::each(async |world| {
        let question = ask(world).await;
        assert!(question.contains("Nothing has happened yet."), "{question}");
        assert!(
            question.contains("<t:1803903300:R>"),
            "15 minutes: {question}"
        );
        assert_eq!(ranked(world).await, 0);
        let seen = world.play("admin: click Confirm").await;
        let answer = seen.only(ShownKind::Edit);
        assert!(text(answer).contains("now has rank 3"), "{seen}");
        assert!(
            answer.components.is_empty(),
            "the question has had its answer: {seen}"
        );
        assert_eq!(ranked(world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn cancelling_ends_the_question() {
    World::each(async |world| {
        ask(world).await;
        let seen = world.play("admin: click Cancel").await;
        let answer = seen.only(ShownKind::Edit);
        assert_eq!(text(answer), "Cancelled. Nothing was done.");
        assert!(answer.components.is_empty(), "{seen}");
        assert_eq!(ranked(world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_question_is_answered_after_a_restart() {
    World::each(async |world| {
        ask(world).await;
        world.play("restart").await;
        world.play("wait 14m").await;
        let answer = world.play("admin: click Confirm").await.answer();
        assert!(answer.contains("now has rank 3"), "{answer}");
        assert_eq!(ranked(world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn after_its_time_a_question_has_no_answer() {
    World::each(async |world| {
        for button in ["Confirm", "Cancel"] {
            ask(world).await;
            world.play("wait 15m").await;
            let seen = world.play(&format!("admin: click {button}")).await;
            let answer = seen.only(ShownKind::Edit);
            assert!(text(answer).starts_with("This question has ended, and nothing was done."));
            assert!(answer.components.is_empty(), "{seen}");
            assert_eq!(ranked(world).await, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn of_presses_at_once_one_counts_and_the_others_are_told() {
    World::each(async |world| {
        ask(world).await;
        let (confirm, cancel) = (
            Act::click("admin", "Confirm"),
            Act::click("admin", "Cancel"),
        );
        let presses = [&confirm, &confirm, &cancel, &confirm].map(|act| world.sim.perform(act));
        for pressed in futures_util::future::join_all(presses).await {
            pressed.expect("a press");
        }
        world.settle().await;
        let seen = world.look();
        let told: Vec<_> = seen
            .of(ShownKind::Ephemeral)
            .iter()
            .map(|shown| shown.content.clone())
            .collect();
        assert_eq!(told, vec![Some(STALE.to_owned()); 3], "{seen}");
        let answer = text(seen.only(ShownKind::Edit));
        let expected = usize::from(answer.contains("now has rank 3"));
        assert_eq!(ranked(world).await, expected, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_may_answer() {
    World::each(async |world| {
        ask(world).await;
        for person in ["owner", "mod"] {
            let seen = world.play(&format!("{person}: click Confirm")).await;
            let refusal = seen.only(ShownKind::Ephemeral).content.clone();
            let refusal = refusal.unwrap_or_default();
            assert!(
                refusal.starts_with("Only @admin can use these buttons."),
                "{seen}"
            );
        }
        assert_eq!(ranked(world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_has_lost_the_permission_can_no_longer_confirm() {
    World::each(async |world| {
        ask(world).await;
        world.sim.set_permissions("Admin", 0).expect("a role");
        world.settle().await;
        let seen = world.play("admin: click Confirm").await;
        let refusal = seen.only(ShownKind::Ephemeral).content.clone();
        assert!(
            refusal
                .unwrap_or_default()
                .starts_with("You need the permission"),
            "{seen}"
        );
        assert_eq!(ranked(world).await, 0);
    })
    .await;
}
