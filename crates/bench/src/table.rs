//! The table that most operations run on: eleven columns under a composite key.

use chrono::{DateTime, Utc};
use entity::Managed;
use sea_orm::entity::prelude::*;

/// A row of `sample`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sample")]
pub(crate) struct Model {
    /// The guild.
    #[sea_orm(primary_key, auto_increment = false)]
    pub guild_id: i64,
    /// The key within it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// A short word.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Whom it concerns.
    pub target_id: i64,
    /// Who wrote it.
    pub moderator_id: i64,
    /// A sentence.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// A number that changes.
    pub weight: i64,
    /// A switch.
    pub active: bool,
    /// When it was created.
    pub created_at: DateTimeUtc,
    /// When it changed.
    pub updated_at: DateTimeUtc,
    /// How often it changed.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const UUID: Option<Column> = Some(Column::Id);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const CAP: u64 = 20_000;
}

/// A row as hand-written code reads it.
pub(crate) type Row = (
    i64,
    Uuid,
    String,
    i64,
    i64,
    String,
    i64,
    bool,
    DateTime<Utc>,
    DateTime<Utc>,
    i64,
);

/// Its columns, in the order of [`Row`].
pub(crate) const COLUMNS: &str = "guild_id, id, kind, target_id, moderator_id, reason, weight, active, created_at, updated_at, version";

/// The statements that create it. The types are those that the migrations give on each database.
pub(crate) fn create(postgres: bool) -> [String; 3] {
    let (uuid, time, switch) = if postgres {
        ("uuid", "timestamptz", "boolean")
    } else {
        ("uuid_text", "timestamp_with_timezone_text", "boolean")
    };
    [
        format!(
            "CREATE TABLE sample (guild_id bigint NOT NULL, id {uuid} NOT NULL, kind text NOT NULL, \
             target_id bigint NOT NULL, moderator_id bigint NOT NULL, reason text NOT NULL, \
             weight bigint NOT NULL, active {switch} NOT NULL, created_at {time} NOT NULL, \
             updated_at {time} NOT NULL, version bigint NOT NULL, PRIMARY KEY (guild_id, id))"
        ),
        "CREATE INDEX sample_created_at_idx ON sample (guild_id, created_at, id)".to_owned(),
        "CREATE INDEX sample_target_idx ON sample (guild_id, target_id, id)".to_owned(),
    ]
}
