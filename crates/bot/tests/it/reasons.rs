//! `reasons list|set|delete`, and reasons given by name.

use crate::{changes::changes, world::World};
use bot::text::Message;
use controllers::Crud as _;

/// The reason of a case.
async fn reason(world: &World, number: i64) -> String {
    let db = world.db();
    let case = db.cases().find((db.id(), number)).await;
    case.expect("the database").expect("a case").reason
}

/// A text about the preset `spam`.
fn about(world: &World, id: &'static str) -> String {
    world.words(&Message::new(id).with("name", "`$spam`"))
}

#[tokio::test]
async fn a_reason_given_by_name_is_stored_and_told_in_full() {
    World::each(async |world| {
        world
            .play("owner: !reasons set Spam Advertising is not allowed")
            .await;
        let seen = world.play("mod: !warn @troll $spam, third time").await;
        let full = "Advertising is not allowed, third time";
        assert!(seen.to_string().contains(full), "{seen}");
        assert_eq!(reason(world, 1).await, full);
        world.play("mod: /warn member:@troll reason:$SPAM").await;
        assert_eq!(reason(world, 2).await, "Advertising is not allowed");
        world
            .play("mod: !cases edit 2 -reason \"$spam again\"")
            .await;
        assert_eq!(reason(world, 2).await, "Advertising is not allowed again");
    })
    .await;
}

#[tokio::test]
async fn a_name_that_nothing_has_is_refused_and_an_amount_is_a_reason() {
    World::each(async |world| {
        world.play("owner: !reasons set spam Advertising").await;
        let refused = world.play("mod: !warn @troll $spma").await.answer();
        let message = Message::new("err-reason-unknown")
            .with("name", "`$spma`")
            .with("count", 1)
            .with("suggestions", "`$spam`");
        assert_eq!(refused, world.words(&message));
        world.play("mod: !warn @troll $5 scam").await;
        assert_eq!(reason(world, 1).await, "$5 scam");
        world.play("mod: !warn @troll $$spam").await;
        assert_eq!(reason(world, 2).await, "$spam");
    })
    .await;
}

#[tokio::test]
async fn a_reason_longer_than_what_is_kept_is_cut_and_the_answer_says_so() {
    World::each(async |world| {
        let long = format!("owner: !reasons set long {}", "a".repeat(1_000));
        world.play(&long).await;
        let seen = world.play("mod: !warn @troll $long and more").await;
        let cut = world.words(&Message::new("mod-reason-cut").with("most", 1_000));
        assert!(seen.answer().contains(&cut), "{seen}");
        assert_eq!(reason(world, 1).await, "a".repeat(1_000));
    })
    .await;
}

#[tokio::test]
async fn presets_are_listed_changed_and_deleted_and_each_change_is_recorded() {
    World::each(async |world| {
        let none = world.play("mod: !reasons").await.answer();
        assert!(
            none.contains(&world.words(&Message::new("reasons-none"))),
            "{none}"
        );
        for (line, told) in [
            ("owner: !reasons set spam Advertising", "reasons-created"),
            ("owner: /reasons set name:spam text:Spam", "reasons-changed"),
            ("owner: !reasons set $spam Spam", "reasons-unchanged"),
        ] {
            assert_eq!(
                world.play(line).await.answer(),
                about(world, told),
                "{line}"
            );
        }
        let listed = world.play("mod: /reasons list").await.answer();
        assert!(listed.contains("`$spam`: Spam"), "{listed}");
        let deleted = world.play("owner: !reasons delete spam").await.answer();
        assert_eq!(deleted, about(world, "reasons-deleted"));
        let again = world.play("owner: !reasons delete spam").await.answer();
        assert!(again.contains("no stored reason `$spam`"), "{again}");

        let keys: Vec<_> = changes(world)
            .await
            .into_iter()
            .map(|change| change.key)
            .collect();
        assert_eq!(keys, ["reason.spam"; 3]);
    })
    .await;
}

#[tokio::test]
async fn only_a_good_name_is_stored_and_only_by_those_who_may() {
    World::each(async |world| {
        for name in ["3rd", "a.b", "-x-"] {
            let refused = world
                .play(&format!("owner: /reasons set name:{name} text:Spam"))
                .await
                .answer();
            assert!(refused.contains("cannot be used"), "{name}: {refused}");
        }
        world.play("mod: !reasons set spam Spam").await;
        assert!(changes(world).await.is_empty());
    })
    .await;
}
