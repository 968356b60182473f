//! The database goes away and comes back, while the bot stays.

use crate::world::World;
use bot::text::Message;
use controllers::{Everything, Query as _};
use std::time::{Duration, Instant};
use test_support::{FreshDatabase, Proxy};

/// What a person may wait for an answer.
const ANSWERED: Duration = Duration::from_secs(3);
/// What the bot may take until it works again.
const RECOVERED: Duration = Duration::from_secs(1);

/// Runs a test with a network before the database that can be cut; `None` without PostgreSQL.
async fn cuttable(test: impl AsyncFn(&mut World, &Proxy)) {
    cuttable_with(|_| {}, test).await;
}

/// The same with other settings of the bot.
pub(crate) async fn cuttable_with(
    change: impl Fn(&mut settings::Settings) + Sync,
    test: impl AsyncFn(&mut World, &Proxy),
) {
    for database in FreshDatabase::migrated().await {
        if !database.url.starts_with("postgres") {
            continue;
        }
        let proxy = Proxy::before(&database.url).await;
        let url = proxy.url().to_owned();
        let change = |_: &_, settings: &mut settings::Settings| {
            change(settings);
            settings.database.url = settings::Secret::new(url.clone());
        };
        let mut world = World::start(database, &change).await;
        Box::pin(test(&mut world, &proxy)).await;
        world.end();
    }
}

/// The answer to a line, which must come in time. Nothing else is waited for: the database is away.
async fn answer(world: &mut World, line: &str) -> String {
    let before = Instant::now();
    world.look();
    world.begin(line).await;
    let seen = world.next_answer().await;
    assert!(
        before.elapsed() < ANSWERED,
        "{line}: {:?}",
        before.elapsed()
    );
    seen
}

fn away(world: &World) -> String {
    world.words(&Message::new("err-db-down"))
}

async fn cases(world: &World) -> u64 {
    let counted = world.db().cases().count(Everything).await;
    counted.expect("the database")
}

/// What the bot says and refuses while its database is away, in a guild that it knows.
async fn stands_without_its_database(world: &mut World) {
    for line in [
        "mod: !ban @troll spam",
        "mod: /ban member:@troll reason:spam",
    ] {
        assert_eq!(answer(world, line).await, away(world), "{line}");
    }
    assert_eq!(answer(world, "mod: !case 1").await, away(world));
    assert_eq!(
        answer(world, "admin: !prefix set ?").await,
        away(world),
        "nothing is promised"
    );
    for line in ["alice: !ping", "alice: !help", "alice: /about"] {
        let said = answer(world, line).await;
        assert!(
            said.contains("The database does not answer."),
            "{line}: {said}"
        );
    }
}

#[tokio::test]
async fn without_postgresql_the_bot_stays_and_refuses_what_it_cannot_record() {
    cuttable(async |world, proxy| {
        world.play("mod: !warn @troll first").await;
        proxy.go_away();
        stands_without_its_database(world).await;
        proxy.come_back();
        let before = Instant::now();
        world.app().data().storage.returned().await;
        assert!(before.elapsed() < RECOVERED, "{:?}", before.elapsed());
        let done = world.play("mod: !ban @troll spam").await.answer();
        assert!(done.contains("#2"), "{done}");
        assert_eq!(cases(world).await, 2, "what was refused was not done later");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_says_nothing_any_more_is_noticed_in_time() {
    cuttable(async |world, proxy| {
        world.play("mod: !warn @troll first").await;
        // What a server looks like that has lost its power, and another one that takes its place.
        proxy.fall_silent();
        assert_eq!(answer(world, "mod: !ban @troll spam").await, away(world));
        world.app().data().storage.returned().await;
        let done = world.play("mod: !ban @troll spam").await.answer();
        assert!(done.contains("#2"), "{done}");
    })
    .await;
}

#[tokio::test]
async fn a_guild_that_was_never_asked_for_gets_no_stale_yes() {
    cuttable(async |world, proxy| {
        // A bot that has just started has seen no command of the guild.
        world.restart().await;
        proxy.go_away();
        assert_eq!(answer(world, "alice: !help").await, away(world));
        proxy.come_back();
        world.app().data().storage.returned().await;
        let help = world.play("alice: !help").await.answer();
        assert!(!help.contains("does not answer"), "{help}");
    })
    .await;
}

/// SQLite has no server that could go away; what comes nearest is a writer that is not let go.
#[tokio::test]
async fn a_database_that_cannot_be_written_refuses_moderation_and_recovers() {
    World::once(async |world| {
        world.play("mod: !warn @troll first").await;
        let database = world.app().data().database.clone();
        let held = database.begin().await.expect("the database");
        assert_eq!(answer(world, "mod: !ban @troll spam").await, away(world));
        stands_without_its_database(world).await;
        held.rollback().await.expect("the database");
        let before = Instant::now();
        world.app().data().storage.returned().await;
        assert!(before.elapsed() < RECOVERED, "{:?}", before.elapsed());
        let done = world.play("mod: !ban @troll spam").await.answer();
        assert!(done.contains("#2"), "{done}");
        assert_eq!(cases(world).await, 2);
    })
    .await;
}
