use entity::Managed;
use sea_orm::{ColumnTrait as _, Database, IdenStatic as _, Iterable as _};
use test_support::sqlite;

use crate::{for_every_entity, named_texts};

/// The table, after its policy was compared with its columns.
fn checked<E: Managed>() -> String {
    let table = E::default().table_name().to_owned();
    let named = |name: &str| {
        E::Column::iter()
            .map(|column| column.as_str())
            .any(|it| it == name)
    };
    let policy = [
        ("created_at", E::CREATED_AT),
        ("updated_at", E::UPDATED_AT),
        ("deleted_at", E::DELETED_AT),
        ("version", E::VERSION),
        ("guild_id", E::TENANT),
    ];
    for (name, column) in policy {
        if named(name) {
            let column = column.map(|column| column.as_str());
            assert_eq!(column, Some(name), "{table}");
        }
    }
    // The model macro offers to delete "the" row of a unique column.
    for column in E::Column::iter().filter(|column| column.as_str() == "guild_id") {
        let alone = column.def().is_unique();
        assert!(!alone || table == "guild_config", "{table}");
    }
    table
}

/// P26: a unique index on an expression must not make `guild_id` unique, or "the" row of a guild deletes all.
#[tokio::test]
async fn every_table_has_an_entity_whose_policy_names_its_columns() {
    let tables = for_every_entity!(checked);
    let database = sqlite::migrated().await;
    let db = Database::connect(&database.url).await.unwrap();
    let existing = "SELECT name, name AS text FROM sqlite_master
                     WHERE type = 'table' AND name <> 'seaql_migrations' ORDER BY name";
    let existing = named_texts(&db, existing).await.into_iter();
    assert_eq!(
        tables.to_vec(),
        existing.map(|(name, _)| name).collect::<Vec<_>>()
    );
}
