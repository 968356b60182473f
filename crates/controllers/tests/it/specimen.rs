//! A table that uses everything the generic capabilities know: guild, version, soft deletion, a NULL
//! to sort by, a name that is unique among live rows, and a small cap.

use controllers::{Executor, GuildDb, Repo};
use entity::Managed;
use sea_orm::{ActiveValue::Set, ConnectionTrait, Schema, entity::prelude::*};
use test_support::TestDatabase;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "specimen")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub guild_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub weight: i64,
    /// What the database has for it by default.
    #[sea_orm(default_value = 4)]
    pub legs: i64,
    pub seen_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(has_many = "crate::feather::Entity")]
    Feather,
}

impl Related<crate::feather::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Feather.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const UUID: Option<Column> = Some(Column::Id);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const DELETED_AT: Option<Column> = Some(Column::DeletedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const CAP: u64 = 20;
}

const INDEXES: &str = "
    CREATE UNIQUE INDEX specimen_name_key ON specimen (guild_id, name) WHERE deleted_at IS NULL;
    CREATE UNIQUE INDEX specimen_legs_key ON specimen (guild_id, legs) WHERE legs > 100000;
    CREATE INDEX specimen_weight_idx ON specimen (guild_id, weight, id);";

/// Databases that have the table.
pub(crate) async fn databases() -> Vec<TestDatabase> {
    let databases = TestDatabase::all().await;
    for database in &databases {
        let conn = database.db().conn();
        let schema = Schema::new(conn.get_database_backend());
        conn.execute(&schema.create_table_from_entity(Entity))
            .await
            .unwrap();
        conn.execute(&schema.create_table_from_entity(crate::feather::Entity))
            .await
            .unwrap();
        conn.execute_unprepared(INDEXES).await.unwrap();
    }
    databases
}

/// The controller of the table in one guild.
pub(crate) fn specimens<C: Executor>(guild: GuildDb<'_, C>) -> Repo<'_, Entity, C> {
    guild.repo()
}

/// A draft with a name and nothing else of its own.
pub(crate) fn named(name: impl Into<String>) -> ActiveModel {
    ActiveModel {
        name: Set(name.into()),
        weight: Set(0),
        ..Default::default()
    }
}

/// A draft with a name and a weight.
pub(crate) fn weighing(name: impl Into<String>, weight: i64) -> ActiveModel {
    ActiveModel {
        weight: Set(weight),
        ..named(name)
    }
}
