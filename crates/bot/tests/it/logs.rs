//! `logs list|set|clear`.

use crate::{changes::changes, world::World};
use bot::text::Message;
use discord_sim::Edit;
use entity::value::LogKind;

/// Where a log goes, by the name of the channel.
async fn goes_to(world: &World, kind: LogKind) -> Option<i64> {
    let row = world
        .db()
        .log_channels()
        .of(kind)
        .await
        .expect("the database");
    row.map(|row| row.channel_id)
}

fn channel(world: &World, name: &str) -> Option<i64> {
    world.sim.channel_id(name).map(u64::cast_signed)
}

#[tokio::test]
async fn a_log_goes_where_it_is_set_by_prefix_and_slash() {
    World::each(async |world| {
        let set = world.play("owner: !logs set dev #random").await.answer();
        assert!(set.contains("`dev`") && set.contains("#random"), "{set}");
        assert_eq!(goes_to(world, LogKind::Dev).await, channel(world, "random"));

        world
            .play("owner: /logs set kind:all channel:#general")
            .await;
        for kind in [LogKind::Mod, LogKind::Dev] {
            assert_eq!(goes_to(world, kind).await, channel(world, "general"));
        }
        world.play("owner: !logs set mod dev #mod-log").await;
        for kind in [LogKind::Mod, LogKind::Dev] {
            assert_eq!(goes_to(world, kind).await, channel(world, "mod-log"));
        }

        let cleared = world.play("owner: !logs clear dev").await.answer();
        let message = Message::new("logs-cleared").with("log", "dev");
        assert_eq!(cleared, world.words(&message));
        assert_eq!(goes_to(world, LogKind::Dev).await, None);
        let again = world.play("owner: /logs clear kind:dev").await.answer();
        let message = Message::new("logs-not-set").with("log", "dev");
        assert_eq!(again, world.words(&message));
    })
    .await;
}

#[tokio::test]
async fn each_change_of_a_log_is_recorded() {
    World::each(async |world| {
        let before = changes(world).await.len();
        world.play("owner: !logs set dev #random").await;
        world.play("owner: !logs set dev #random").await;
        world.play("owner: !logs clear dev").await;
        let changes = changes(world).await.split_off(before);
        let random = channel(world, "random").map(Into::into);
        let seen: Vec<_> = changes
            .into_iter()
            .map(|change| (change.key, change.before, change.after))
            .collect();
        let key = || "log.dev".to_owned();
        assert_eq!(seen, [(key(), None, random.clone()), (key(), random, None)]);
    })
    .await;
}

#[tokio::test]
async fn the_list_says_where_each_log_goes_and_how_its_last_post_went() {
    World::each(async |world| {
        let unused = world.play("owner: !logs").await.answer();
        assert!(unused.contains("#mod-log · nothing posted yet"), "{unused}");
        assert!(unused.contains("(`dev`): not set"), "{unused}");

        world.play("mod: !warn @troll spam").await;
        let posted = world.play("owner: /logs list").await.answer();
        assert!(posted.contains("#mod-log · last post <t:"), "{posted}");

        let delete = Edit::DeleteChannel {
            by: "owner".to_owned(),
            name: "mod-log".to_owned(),
        };
        world.sim.mutate(&delete).expect("the owner may");
        world.play("mod: !warn @troll again").await;
        let failed = world.play("owner: !logs list").await.answer();
        assert!(failed.contains("last post failed"), "{failed}");
    })
    .await;
}

#[tokio::test]
async fn a_channel_where_the_bot_cannot_post_is_refused() {
    World::each(async |world| {
        let bits = |bits: u64| bits;
        let (view, send, embed) = (bits(1 << 10), bits(1 << 11), bits(1 << 14));
        for (allowed, lacking) in [
            (send | embed, "VIEW_CHANNEL"),
            (view | embed, "SEND_MESSAGES"),
            (view | send, "EMBED_LINKS"),
        ] {
            // Somewhere else it can still answer.
            world
                .sim
                .set_permissions("Rookery", allowed)
                .expect("a role");
            world.sim.set_permissions("@everyone", 0).expect("a role");
            let seen = world
                .play("owner: /logs set kind:dev channel:#general")
                .await;
            let message = Message::new("err-bot-perm")
                .with("permission", lacking)
                .with("channel", "#general");
            assert_eq!(seen.answer(), world.words(&message));
        }
        assert_eq!(goes_to(world, LogKind::Dev).await, None);
    })
    .await;
}

#[tokio::test]
async fn bad_input_and_people_who_may_not_are_refused() {
    World::each(async |world| {
        let before = changes(world).await.len();
        for (line, says) in [
            ("owner: !logs set", "Which kind of log?"),
            ("owner: !logs set dev", "Which channel?"),
            ("owner: !logs set join #general", "is one of mod, dev, all"),
            (
                "owner: !logs set dev 12345678901234567",
                "is not a channel of this server",
            ),
            ("owner: !logs set dev @alice", "takes a mention or an id"),
            ("owner: !logs clear", "Which kind of log?"),
            ("owner: !logs clear all", "is one of mod, dev"),
            ("mod: !logs", "You need the permission **Manage Server**"),
            (
                "mod: /logs set kind:dev channel:#general",
                "You need the permission **Manage Server**",
            ),
            ("mod@bot: !logs", "works in a server only"),
        ] {
            let answer = world.play(line).await.answer();
            assert!(answer.contains(says), "{line}: {answer}");
        }
        assert_eq!(changes(world).await.len(), before);
    })
    .await;
}
