//! What the bot remembers of a guild, while another process changes it.

use crate::world::{World, clock};
use controllers::{Author, GuildDb, Tx};
use futures_util::future::BoxFuture;
use poise::serenity_prelude::GuildId;
use service::{Database, Options, Retry};
use std::time::Duration;

fn owner(world: &World) -> Author {
    Author::of_command(world.sim.user_id("owner").expect("an owner").cast_signed())
}

/// Changes the guild's settings as another process would, of which this one hears nothing.
async fn elsewhere<F>(world: &World, work: F)
where
    F: for<'t> Fn(GuildDb<'t, Tx>) -> BoxFuture<'t, controllers::Result<bool>> + Send + Sync,
{
    let options = Options::new(world.database_url());
    let database = Database::connect(&options, clock()).await;
    let database = database.expect("the database");
    let guild = world.sim.guild_id().cast_signed();
    let changed = database.transaction(Retry::DEFAULT, |db| work(db.guild(guild)));
    assert!(changed.await.expect("the database"), "nothing was changed");
    database.close().await;
}

#[tokio::test]
async fn a_rank_that_another_process_takes_away_is_gone_for_the_next_command() {
    World::each(async |world| {
        world
            .play("admin: !permissions role set @Moderator 3")
            .await;
        world.play("admin: click Confirm").await;
        let done = world.play("mod: !warn @troll spam").await.answer();
        assert!(done.contains("#1"), "{done}");

        let ranked = world.db().role_ranks().all().await.expect("the database");
        let (role, author) = (ranked[0].role_id, owner(world));
        elsewhere(world, move |db| {
            Box::pin(async move { db.role_ranks().assign(role, 0, author).await })
        })
        .await;
        for line in ["mod: !warn @troll spam", "mod: /warn member:@troll"] {
            let refused = world.play(line).await.answer();
            assert!(refused.starts_with("You need rank "), "{line}: {refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_prefix_of_another_process_is_noticed_by_itself() {
    World::each(async |world| {
        world.play("alice: !about").await;
        let author = owner(world);
        elsewhere(world, move |db| {
            Box::pin(async move { db.config().set_prefix("?", author).await })
        })
        .await;
        // A message without a command is enough.
        world.play("wait 31s").await;
        world.play("alice: hello").await;
        let guilds = world.app().data().guilds.clone();
        let guild = GuildId::new(world.sim.guild_id());
        let noticed = async {
            while guilds.settings(Some(guild)).await.prefix != "?" {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), noticed)
            .await
            .expect("the prefix is looked at");
        let answer = world.play("alice: ?about").await.answer();
        assert!(answer.contains("Rookery"), "{answer}");
    })
    .await;
}
