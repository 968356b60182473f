//! The entities against the migrations they were generated from.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod policy;
mod rules;
mod stamp;
mod stored;
mod words;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// The columns `name` and `text` of what a query returns.
async fn named_texts(db: &impl ConnectionTrait, sql: &str) -> Vec<(String, String)> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    let text = |row: &sea_orm::QueryResult, name| row.try_get("", name).unwrap();
    rows.iter()
        .map(|row| (text(row, "name"), text(row, "text")))
        .collect()
}

fn is_sqlite(db: &impl ConnectionTrait) -> bool {
    db.get_database_backend() == DbBackend::Sqlite
}

/// Calls a generic function once for each entity.
macro_rules! for_every_entity {
    ($function:ident) => {
        for_every_entity!(
            $function: case_event, config_event, counter, guild, guild_config, instance,
            log_channel, mod_case, obligation, obligation_attempt, permission_command,
            permission_rank, permission_role, reason_preset, ui_state
        )
    };
    ($function:ident: $($table:ident),+) => {
        [$($function::<entity::$table::Entity>(),)+]
    };
}
use for_every_entity;
