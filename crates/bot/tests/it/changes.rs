//! What is recorded about changes of settings.

use crate::world::World;
use controllers::{Everything, Query as _};
use entity::config_event;

/// Every recorded change of the guild's settings that a command made, in order.
pub(crate) async fn changes(world: &World) -> Vec<config_event::Model> {
    let all = world.db().config_events().list(Everything).await;
    let mut all = all.expect("the database answers");
    // The world itself has set the moderation log.
    all.retain(|change| change.seq > 1);
    all
}
