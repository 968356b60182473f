//! Opening a database: what is refused and why.

use std::time::Duration;

use controllers::Clock;
use service::{Database, Error, Options};
use test_support::{FreshDatabase, sqlite};

use crate::sql::execute_outside;

async fn connect(options: &Options) -> Result<Database, Error> {
    Database::connect(options, Clock::system()).await
}

fn without_migrating(url: &str) -> Options {
    Options {
        migrate: false,
        ..Options::new(url)
    }
}

#[tokio::test]
async fn an_empty_database_is_migrated_and_a_missing_file_is_created() {
    for fresh in FreshDatabase::empty().await {
        let database = connect(&Options::new(&fresh.url)).await.unwrap();
        assert!(database.health().await.unwrap().is_current());
        database.close().await;
        connect(&without_migrating(&fresh.url)).await.unwrap();
    }
}

#[tokio::test]
async fn pending_migrations_are_an_error_when_migrating_is_switched_off() {
    for fresh in FreshDatabase::migrated().await {
        migration::down(&fresh.url, 2).await.unwrap();
        let error = connect(&without_migrating(&fresh.url)).await.unwrap_err();
        assert!(matches!(error, Error::Pending(2)), "{error:?}");
        assert!(error.is_schema() && !error.is_unavailable());
        assert!(error.to_string().contains("migration -- up"), "{error}");
        assert_eq!(
            migration::status(&fresh.url).await.unwrap().pending.len(),
            2
        );
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused_whether_or_not_migrating_is_allowed() {
    for fresh in FreshDatabase::migrated().await {
        let newer = "INSERT INTO seaql_migrations VALUES ('m99991231_000001_newer', 0)";
        execute_outside(&fresh.url, newer).await;
        for options in [Options::new(&fresh.url), without_migrating(&fresh.url)] {
            let error = connect(&options).await.unwrap_err();
            assert!(
                matches!(&error, Error::Migration(migration::Error::Newer { .. })),
                "{error:?}"
            );
            assert!(error.is_schema() && !error.is_unavailable());
            assert!(
                error.to_string().contains("m99991231_000001_newer"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_unavailable() {
    // Nobody can listen on port 1 of the loopback of a test.
    let url = "postgres://me:hush@127.0.0.1:1/rookery";
    let quick = Options {
        acquire_timeout: Duration::from_millis(200),
        ..Options::new(url)
    };
    for migrate in [true, false] {
        let options = Options {
            migrate,
            ..quick.clone()
        };
        let error = connect(&options).await.unwrap_err();
        assert!(error.is_unavailable() && !error.is_schema(), "{error:?}");
    }
    // The migrations go around the pooler, which is away.
    let fresh = sqlite::migrated().await;
    let options = Options {
        direct_url: Some(fresh.url.clone()),
        ..quick
    };
    let error = connect(&options).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    assert!(error.is_unavailable());
}

#[tokio::test]
async fn a_wrong_url_is_refused_before_anything_is_touched() {
    for url in ["", "mysql://me:hush@host/name", "hush"] {
        let error = connect(&Options::new(url)).await.unwrap_err();
        assert!(matches!(error, Error::Scheme), "{error:?}");
    }
    let error = connect(&Options::new("postgres://me:hush@host:port/name")).await;
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Url(_)), "{error:?}");
    assert!(!error.is_unavailable());
    assert!(!format!("{error} {error:?}").contains("hush"));
}

#[tokio::test]
async fn a_replica_serves_the_reader() {
    let pairs = FreshDatabase::migrated().await.into_iter();
    for (primary, replica) in pairs.zip(FreshDatabase::migrated().await) {
        let fact = "INSERT INTO instance (key, value) VALUES ('where', '\"replica\"')";
        execute_outside(&replica.url, fact).await;
        let options = Options {
            read_url: Some(replica.url.clone()),
            ..Options::new(&primary.url)
        };
        let database = connect(&options).await.unwrap();
        let read = database.reader().instance().fact("where").await.unwrap();
        assert_eq!(read, Some("replica".into()));
        let written = database.db().instance();
        written.remember("where", "primary".into()).await.unwrap();
        let read = written.fact("where").await.unwrap();
        assert_eq!(read, Some("primary".into()), "{}", primary.url);
    }
}

/// `P22`: each connection to memory would be a database of its own.
#[tokio::test]
async fn a_database_in_memory_is_refused() {
    for url in [
        "sqlite::memory:",
        "sqlite://:memory:",
        "sqlite://file?mode=memory",
    ] {
        let error = connect(&Options::new(url)).await.unwrap_err();
        assert!(
            matches!(&error, Error::Migration(migration::Error::InMemory)),
            "{url}: {error:?}"
        );
        assert!(!error.is_unavailable());
    }
}

/// `P30`: processes that start at once on an empty database wait for each other's migrations.
#[tokio::test]
async fn three_starts_at_once_all_succeed() {
    for fresh in FreshDatabase::empty().await {
        let options = Options {
            acquire_timeout: Duration::from_mins(1),
            ..Options::new(&fresh.url)
        };
        let (a, b, c) = tokio::join!(connect(&options), connect(&options), connect(&options));
        for started in [a, b, c] {
            let database = started.unwrap();
            assert!(database.health().await.unwrap().is_current());
        }
    }
}
