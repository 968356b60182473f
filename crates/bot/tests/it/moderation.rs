//! Warn, kick, ban, unban, timeout, untimeout: as Discord and the database see them.

mod actions;
mod dead_letters;
mod input;
mod refusals;
mod softban;
mod trouble;

use crate::world::World;
use controllers::Crud as _;
use discord_sim::{FaultAction, FaultRule};
use entity::mod_case;

/// A case as it is stored.
async fn case(world: &World, number: i64) -> mod_case::Model {
    let db = world.db();
    db.cases().get((db.id(), number)).await.expect("the case")
}

/// How many cases there are.
async fn cases(world: &World) -> u64 {
    use controllers::Query as _;
    world
        .db()
        .cases()
        .count(controllers::Everything)
        .await
        .expect("a count")
}

/// What Discord does with requests to a path.
fn fault(method: &str, path: &str, times: Option<u32>, action: FaultAction) -> FaultRule {
    FaultRule {
        method: Some(method.to_owned()),
        path: path.to_owned(),
        skip: 0,
        times,
        action,
    }
}

/// Requests that change something in Discord, of this method and path.
fn requests(world: &World, method: &str, path: &str) -> usize {
    let requests = world.sim.requests();
    requests
        .iter()
        .filter(|r| r.method == method && r.path.contains(path))
        .count()
}
