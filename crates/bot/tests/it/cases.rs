//! `case`, `cases list` and `cases edit`, and the buttons under them.

mod card;
mod edit;
mod list;
mod press;

use crate::world::World;
use controllers::{CaseTarget, NewCase};
use discord_sim::{FaultAction, FaultRule};
use entity::value::{CaseKind, CaseSource, TargetType};
use serde_json::json;
use service::Retry;

/// A case that a moderator made, as far as the database knows.
fn made_by(world: &World, moderator: &str, kind: CaseKind, target: &str) -> NewCase {
    let id = |name| world.sim.user_id(name).expect("a person").cast_signed();
    NewCase {
        kind,
        source: CaseSource::Command,
        target: CaseTarget {
            kind: TargetType::User,
            id: id(target),
            name: target.to_owned(),
            was_member: true,
        },
        moderator_id: id(moderator),
        reason: "spam".to_owned(),
        silent: false,
        params: json!({}),
        expires_at: None,
    }
}

/// Records cases without anything that would follow from them.
async fn record(world: &World, cases: Vec<NewCase>) {
    let guild_id = world.db().id();
    let data = world.app().data();
    let recorded = data
        .database
        .transaction(Retry::DEFAULT, |db| {
            let cases = cases.clone();
            Box::pin(async move {
                let guild = db.guild(guild_id);
                guild.guild().ensure("Rookery", 1).await?;
                guild.cases().open(cases).await
            })
        })
        .await;
    recorded.expect("cases can be recorded");
}

/// So many warnings of alice, with the reasons "reason 1", "reason 2" and so on.
async fn warnings(world: &World, count: usize) {
    let cases = (1..=count).map(|n| NewCase {
        reason: format!("reason {n}"),
        ..made_by(world, "mod", CaseKind::Warn, "alice")
    });
    record(world, cases.collect()).await;
}

/// The numbers of the cases that an answer lists.
fn listed(answer: &str) -> Vec<u32> {
    let number = |line: &str| line.strip_prefix("**#")?.split_once("**")?.0.parse().ok();
    answer.lines().filter_map(number).collect()
}

/// What Discord does with requests to a path, once or until told otherwise.
fn fault(method: &str, path: &str, times: Option<u32>, action: FaultAction) -> FaultRule {
    FaultRule {
        method: Some(method.to_owned()),
        path: path.to_owned(),
        skip: 0,
        times,
        action,
    }
}
