//! The entities against the live catalogue.

use service::Difference;
use test_support::TestDatabase;

use crate::sql::execute_outside;

#[tokio::test]
async fn a_migrated_database_has_exactly_the_tables_of_the_entities() {
    for database in TestDatabase::all().await {
        let drift = database.drift().await.unwrap();
        assert!(drift.is_none(), "{database:?}:\n{drift}");
        assert!(drift.to_string().contains("was made for"));
    }
}

#[tokio::test]
async fn every_difference_is_told_by_table_and_column() {
    for database in TestDatabase::all().await {
        for change in [
            "DROP TABLE ui_state",
            "CREATE TABLE feather (id bigint PRIMARY KEY)",
            "ALTER TABLE guild ADD COLUMN motto text",
            "ALTER TABLE instance RENAME COLUMN value TO content",
            "DROP TABLE counter",
            "CREATE TABLE counter (guild_id text, key text NOT NULL, value bigint NOT NULL, PRIMARY KEY (key))",
        ] {
            execute_outside(database.url(), change).await;
        }
        let drift = database.drift().await.unwrap();
        let told = drift.to_string();
        for line in [
            "ui_state: the table is missing",
            "feather: this program knows no such table",
            "guild.motto: this program knows no such column",
            "instance.value: the column is missing",
            "counter.guild_id: holds Text instead of Integer",
            "counter.guild_id: may be NULL and should not be",
            "counter: the key is (key) instead of (guild_id, key)",
        ] {
            assert!(told.lines().any(|found| found == line), "{line}\n{told}");
        }
        let missing = Difference::NoTable("ui_state".to_owned());
        assert!(drift.differences.contains(&missing));
    }
}
