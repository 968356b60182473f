//! What the controllers of the models add to the capabilities.

use controllers::{Author, CaseTarget, Db, GuildDb, NewCase, Result, Tx};
use entity::value::{CaseKind, CaseSource, TargetType};
use sea_orm::JsonValue;
use test_support::TestDatabase;

mod case;
mod case_filter;
mod chain;
mod counter;
mod instance;
mod lease;
mod log_channel;
mod obligation;
mod permission;
mod proof;
mod reason_preset;
mod revive;
mod setting;
mod ui_state;

/// The moderator of every test.
const MODERATOR: i64 = 50;
/// Whom it may concern.
const TARGET: i64 = 60;

/// Does work of guild 7 in one transaction: commits on `Ok`, rolls back on `Err`.
async fn commit<T>(
    database: &TestDatabase,
    work: impl AsyncFnOnce(GuildDb<'_, Tx>) -> Result<T>,
) -> Result<T> {
    let tx = database.begin().await?;
    let result = work(Db::new(&tx, database.clock()).guild(7)).await;
    tx.finish(result).await
}

/// A case about [`TARGET`].
fn case(kind: CaseKind) -> NewCase {
    NewCase {
        kind,
        source: CaseSource::Command,
        target: CaseTarget {
            kind: TargetType::User,
            id: TARGET,
            name: "troll".to_owned(),
            was_member: true,
        },
        moderator_id: MODERATOR,
        reason: "spam".to_owned(),
        silent: false,
        params: JsonValue::Object(serde_json::Map::new()),
        expires_at: None,
    }
}

fn author() -> Author {
    Author::of_command(MODERATOR)
}
