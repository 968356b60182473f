//! The tour, which stands for all scripts: the same on every kind of database.

use crate::{
    seen::Seen,
    world::{World, clock, discord},
};
use bot::sandbox::{Audience, Form, Player, Stage, TOUR, settings};
use discord_sim::ShownKind;
use test_support::FreshDatabase;

/// Everything that Discord shows during the tour.
async fn played(database: &FreshDatabase) -> Seen {
    let sim = discord().start().await.unwrap();
    let stage = Box::pin(Stage::start(
        sim.clone(),
        settings(&sim, &database.url),
        clock(),
    ));
    let stage = stage.await.unwrap();
    stage.set_mod_log().await.unwrap();
    let audience = Audience::new(Form::Json, std::io::sink(), std::io::sink());
    let mut player = Player::new(stage, audience, None, None);
    for (at, line) in TOUR.lines().enumerate() {
        player = Box::pin(player.play(at + 1, line)).await.unwrap();
    }
    assert_eq!(player.mistakes(), 0);
    player.end().await;
    Seen(sim.shown(0))
}

#[tokio::test]
async fn it_looks_the_same_on_every_database_and_does_each_thing_once() {
    let mut transcripts = Vec::new();
    for database in FreshDatabase::migrated().await {
        transcripts.push(Box::pin(played(&database)).await);
    }
    let first = &transcripts[0];
    for other in &transcripts[1..] {
        assert_eq!(first.to_string(), other.to_string());
    }
    for kind in [ShownKind::Timeout, ShownKind::Ban, ShownKind::Unban] {
        assert_eq!(first.only(kind).target.as_deref(), Some("troll"));
    }
    assert_eq!(first.dms("troll").len(), 3, "{first}");
}

#[tokio::test]
async fn what_is_waited_for_in_a_script_happens() {
    World::each(async |world| {
        world.play("mod: !timeout @troll 1h").await;
        world.refused("troll: hello").await;
        let seen = world.play("wait 1h").await;
        assert!(seen.log().concat().contains("ended by time"), "{seen}");
        world.play("troll: hello").await;
    })
    .await;
}
