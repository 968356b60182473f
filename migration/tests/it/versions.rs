use migration::{Error, Status};
use test_support::FreshDatabase;
use test_support::postgres::Server;

use crate::sql::{execute, schema};

const NEWER: &str = "m99991231_000001_from_the_future";

#[test]
fn names_are_in_the_order_of_application_and_unique() {
    let names = migration::names();
    assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
}

#[test]
fn a_status_tells_applied_pending_and_unknown_apart() {
    let mut names = migration::names();
    let pending = names.split_off(2);
    let found = [names.clone(), vec![NEWER.to_owned()]].concat();
    let status = Status::of(found);
    assert_eq!(status.applied, names);
    assert_eq!(status.pending, pending);
    assert_eq!(status.unknown, [NEWER]);
    assert!(matches!(status.require_known(), Err(Error::Newer { unknown }) if unknown == [NEWER]));
    assert!(Status::of(names).require_known().is_ok());
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_not_touched() {
    for database in FreshDatabase::migrated().await {
        let url = &database.url;
        // Also with something pending, where up would have work to do.
        migration::down(url, 1).await.unwrap();
        let newer = format!("INSERT INTO seaql_migrations VALUES ('{NEWER}', 0)");
        execute(url, &newer).await;
        let before = schema(url).await;

        for refused in [
            migration::up(url).await.map(drop),
            migration::down(url, 1).await.map(drop),
            migration::refresh(url).await.map(drop),
            migration::reset(url).await.map(drop),
        ] {
            let error = refused.unwrap_err();
            assert!(
                matches!(&error, Error::Newer { unknown } if *unknown == [NEWER]),
                "{error}"
            );
            assert!(!error.is_unavailable());
        }
        assert_eq!(schema(url).await, before);
        assert_eq!(migration::status(url).await.unwrap().unknown, [NEWER]);

        migration::fresh(url).await.unwrap();
        let status = migration::status(url).await.unwrap();
        assert_eq!(status, Status::of(migration::names()));
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_unavailable_and_a_missing_database_is_wrong() {
    // Nobody can listen on port 1 of the loopback of a test.
    let away = migration::up("postgres://rookery@127.0.0.1:1/rookery")
        .await
        .unwrap_err();
    assert!(away.is_unavailable(), "{away}");

    if let Some(server) = Server::get().await {
        let url = server
            .empty_database()
            .await
            .url
            .replace("rookery_test_", "never_made_");
        let wrong = migration::status(&url).await.unwrap_err();
        assert!(matches!(wrong, Error::Connect(_)), "{wrong}");
        assert!(!wrong.is_unavailable());
    }
}

#[tokio::test]
async fn urls_that_cannot_be_migrated_are_refused_without_showing_them() {
    for url in [
        "",
        "mysql://me:hush@host/name",
        "hush",
        "postgres://me:hush@host:port/name",
        "sqlite::memory:",
    ] {
        let error = migration::up(url).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!error.is_unavailable());
        assert!(!shown.contains("hush"), "{shown}");
    }
}
