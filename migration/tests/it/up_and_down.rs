use migration::Error;
use test_support::{FreshDatabase, sqlite};

use crate::sql::{column, execute, schema};

/// Reverts one migration after the other. Returns the schema before each, and after the last.
async fn descend(url: &str) -> Vec<Vec<String>> {
    let mut schemas = vec![schema(url).await];
    for name in migration::names().into_iter().rev() {
        assert_eq!(migration::down(url, 1).await.unwrap().names, [name]);
        schemas.push(schema(url).await);
    }
    schemas
}

#[tokio::test]
async fn every_migration_can_be_reverted_and_applied_again() {
    for database in FreshDatabase::empty().await {
        let url = &database.url;
        assert_eq!(migration::up(url).await.unwrap().names, migration::names());
        let schemas = descend(url).await;
        for (pair, name) in schemas.windows(2).zip(migration::names().iter().rev()) {
            assert_ne!(pair[0], pair[1], "{name} does nothing on {url}");
        }
        let left = schemas.last().unwrap();
        assert!(
            left.iter().all(|line| line.contains("seaql_migrations")),
            "{left:?}"
        );

        assert_eq!(migration::up(url).await.unwrap().names, migration::names());
        assert_eq!(descend(url).await, schemas, "{url}");
    }
}

#[tokio::test]
async fn up_changes_nothing_when_nothing_is_pending() {
    for database in FreshDatabase::migrated().await {
        let url = &database.url;
        execute(
            url,
            "INSERT INTO instance (key, value) VALUES ('kept', '{}')",
        )
        .await;
        let before = schema(url).await;
        assert!(migration::up(url).await.unwrap().names.is_empty());
        assert_eq!(schema(url).await, before);
        assert_eq!(column(url, "SELECT key FROM instance").await, ["kept"]);
    }
}

#[tokio::test]
async fn refresh_and_fresh_lose_the_rows_and_keep_the_schema() {
    for database in FreshDatabase::migrated().await {
        let url = &database.url;
        let before = schema(url).await;
        let insert = "INSERT INTO instance (key, value) VALUES ('lost', '{}')";

        execute(url, insert).await;
        assert_eq!(
            migration::refresh(url).await.unwrap().names,
            migration::names()
        );
        assert!(column(url, "SELECT key FROM instance").await.is_empty());
        assert_eq!(schema(url).await, before);

        execute(url, insert).await;
        execute(url, "CREATE TABLE stranger (id bigint)").await;
        assert_eq!(
            migration::fresh(url).await.unwrap().names,
            migration::names()
        );
        assert!(column(url, "SELECT key FROM instance").await.is_empty());
        assert_eq!(schema(url).await, before, "the stranger is gone too");
    }
}

#[tokio::test]
async fn reset_reverts_everything() {
    for database in FreshDatabase::migrated().await {
        let url = &database.url;
        let mut newest_first = migration::names();
        newest_first.reverse();
        assert_eq!(migration::reset(url).await.unwrap().names, newest_first);
        assert_eq!(
            migration::status(url).await.unwrap().pending,
            migration::names()
        );
        assert!(migration::reset(url).await.unwrap().names.is_empty());
    }
}

#[tokio::test]
async fn a_migration_that_fails_is_named_and_leaves_nothing_behind() {
    for database in FreshDatabase::empty().await {
        let url = &database.url;
        // The fifth creates its table and then this index.
        let names = migration::names();
        migration::up(url).await.unwrap();
        migration::down(url, u32::try_from(names.len() - 4).unwrap())
            .await
            .unwrap();
        let taken = "CREATE TABLE stranger (id bigint);
                     CREATE INDEX permission_rank_name_key ON stranger (id)";
        execute(url, taken).await;
        let before = schema(url).await;

        let failed = migration::up(url).await.unwrap_err();
        assert!(matches!(&failed, Error::Migration { name, .. } if *name == names[4]));
        assert!(!failed.is_unavailable());
        assert_eq!(schema(url).await, before, "{url}");

        execute(url, "DROP TABLE stranger").await;
        assert_eq!(migration::up(url).await.unwrap().names, names[4..]);
    }
}

#[tokio::test]
async fn reading_the_status_creates_nothing() {
    for database in FreshDatabase::empty().await {
        let status = migration::status(&database.url).await.unwrap();
        assert_eq!(status.pending, migration::names());
        assert!(schema_is_absent(&database.url).await);
    }
}

async fn schema_is_absent(url: &str) -> bool {
    match url.strip_prefix("sqlite://") {
        Some(file) => !std::path::Path::new(file).exists(),
        None => schema(url).await.is_empty(),
    }
}

#[tokio::test]
async fn the_folder_of_a_new_file_is_created() {
    let database = sqlite::empty();
    let url = database.url.replace("rookery.db", "deep/down/rookery.db");
    assert_eq!(migration::up(&url).await.unwrap().names, migration::names());
}
