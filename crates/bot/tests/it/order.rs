//! Messages of one person are handled in the order in which Discord sent them, each once.

use crate::{seen::BOT, world::World};
use discord_sim::{GatewayFault, ShownKind};

/// The numbers in the bot's answers to `!n17`, in the order of the answers.
fn answered(world: &mut World) -> Vec<u32> {
    world
        .look()
        .of(ShownKind::Message)
        .into_iter()
        .filter(|shown| shown.author.as_deref() == Some(BOT))
        .filter_map(|shown| shown.reply_to.as_deref()?.strip_prefix("!n")?.parse().ok())
        .collect()
}

async fn say(world: &World, numbers: std::ops::Range<u32>) {
    for n in numbers {
        world.begin(&format!("alice: !n{n}")).await;
    }
}

#[tokio::test]
async fn a_thousand_numbered_messages_are_answered_in_order() {
    World::each(async |world| {
        say(world, 0..1_000).await;
        world.settle().await;
        assert_eq!(answered(world), (0..1_000).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_cut_connection_loses_doubles_and_reorders_nothing() {
    World::each(async |world| {
        for part in 0..4 {
            say(world, part * 250..part * 250 + 125).await;
            world.sim.cut_gateway();
            // While the bot is away; Discord tells it afterwards.
            say(world, part * 250 + 125..part * 250 + 250).await;
            world.returned().await;
        }
        world.settle().await;
        assert_eq!(answered(world), (0..1_000).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn what_comes_again_after_a_resume_is_taken_once() {
    World::once(async |world| {
        world.sim.fault_gateway(GatewayFault::Duplicate(100));
        say(world, 0..50).await;
        world.settle().await;
        world.sim.cut_gateway();
        say(world, 50..100).await;
        world.returned().await;
        world.settle().await;
        assert_eq!(answered(world), (0..100).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_partition_holds_messages_up_and_loses_none() {
    World::once(async |world| {
        world.sim.fault_gateway(GatewayFault::Partition);
        say(world, 0..50).await;
        world.sim.end_gateway_fault(GatewayFault::Partition);
        world.settle().await;
        assert_eq!(answered(world), (0..50).collect::<Vec<_>>());
    })
    .await;
}

/// serenity waits five seconds before it identifies again.
#[tokio::test]
async fn a_new_session_takes_messages_in_order_too() {
    World::once(async |world| {
        world.sim.invalidate_session(false);
        world.returned().await;
        // The first message may overtake the new registration; those after it may not.
        say(world, 0..1).await;
        world.settle().await;
        say(world, 1..500).await;
        world.settle().await;
        assert_eq!(answered(world), (0..500).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn people_do_not_wait_for_each_other_and_each_keeps_the_order() {
    World::each(async |world| {
        for n in 0..200 {
            for person in ["alice", "bob", "mod", "troll"] {
                world.begin(&format!("{person}: !{person}{n}")).await;
            }
        }
        world.settle().await;
        let seen = world.look();
        for person in ["alice", "bob", "mod", "troll"] {
            let prefix = format!("!{person}");
            let numbers: Vec<u32> = seen
                .iter()
                .filter_map(|shown| {
                    shown
                        .reply_to
                        .as_deref()?
                        .strip_prefix(&prefix)?
                        .parse()
                        .ok()
                })
                .collect();
            assert_eq!(numbers, (0..200).collect::<Vec<_>>(), "{person}");
        }
    })
    .await;
}
