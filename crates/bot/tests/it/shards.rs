//! Several shards in one process.

use crate::{
    http::{listening, reasons},
    world::World,
};

#[tokio::test]
async fn guilds_and_direct_messages_are_served_by_whichever_shard_they_belong_to() {
    World::once_with(
        |_, settings| {
            settings.discord.shards = 2;
            listening(settings);
        },
        async |world| {
            assert_eq!(
                reasons(world.app()).await,
                [""; 0],
                "both shards are connected"
            );
            let done = world.play("mod: !ban @troll spam").await;
            assert!(done.answer().contains("#1"), "{done}");
            assert_eq!(done.dms("troll").len(), 1, "{done}");
            let slash = world.play("mod: /case number:1").await.answer();
            assert!(slash.contains("spam"), "{slash}");
        },
    )
    .await;
}
