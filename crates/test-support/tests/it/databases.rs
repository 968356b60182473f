//! Databases come, are each other's strangers, and go.

use sqlx::{Connection as _, PgConnection, SqliteConnection};
use test_support::FreshDatabase;

/// The names in `instance`, after `name` was added; on either kind.
async fn names_after_adding(url: &str, name: &str) -> Result<Vec<String>, sqlx::Error> {
    const INSERT: &str = "INSERT INTO instance (key, value) VALUES ($1, '{}')";
    const SELECT: &str = "SELECT key FROM instance";
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await?;
        let insert = sqlx::query(INSERT).bind(name);
        insert.execute(&mut connection).await?;
        sqlx::query_scalar(SELECT).fetch_all(&mut connection).await
    } else {
        let mut connection = PgConnection::connect(url).await?;
        let insert = sqlx::query(INSERT).bind(name);
        insert.execute(&mut connection).await?;
        sqlx::query_scalar(SELECT).fetch_all(&mut connection).await
    }
}

#[tokio::test]
async fn fresh_databases_are_migrated_and_share_nothing() {
    let (all, others) = (
        FreshDatabase::migrated().await,
        FreshDatabase::migrated().await,
    );
    for (one, other) in all.iter().zip(&others) {
        let status = migration::status(&one.url).await.unwrap();
        assert_eq!(status.applied, migration::names());
        assert_eq!(names_after_adding(&one.url, "a").await.unwrap(), ["a"]);
        assert_eq!(names_after_adding(&other.url, "b").await.unwrap(), ["b"]);
    }
}

#[tokio::test]
async fn empty_databases_have_no_schema() {
    for empty in FreshDatabase::empty().await {
        let status = migration::status(&empty.url).await.unwrap();
        assert_eq!(status.pending, migration::names());
    }
}

#[tokio::test]
async fn a_database_is_gone_with_its_owner_even_while_somebody_is_connected() {
    for fresh in FreshDatabase::migrated().await {
        let url = fresh.url.clone();
        let connected = if url.starts_with("postgres:") {
            Some(PgConnection::connect(&url).await.unwrap())
        } else {
            None
        };
        drop(fresh);
        assert!(names_after_adding(&url, "late").await.is_err());
        drop(connected);
    }
}
