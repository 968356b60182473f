//! What is counted and timed, and what is never shown.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use controllers::Clock;
use service::{Database, Operation, Options, SlowSource, Verb};
use test_support::postgres::OwnServer;
use test_support::{FreshDatabase, TestDatabase};
use tracing_subscriber::fmt::MakeWriter;

use crate::sql::value;

fn operation(database: &Database, verb: Verb, table: &str) -> Operation {
    let operations = database.operations();
    let found = operations
        .into_iter()
        .find(|operation| operation.verb == verb && operation.table == table);
    found.unwrap_or_else(|| panic!("{verb:?} {table} was not counted"))
}

/// `P16`: a caller who waits for the pool is seen to wait, and what others did meanwhile is not.
#[tokio::test]
async fn the_wait_for_a_connection_is_told_from_the_work() {
    let forced = Duration::from_millis(400);
    for fresh in FreshDatabase::migrated().await {
        let options = Options {
            pool_max: 1,
            acquire_timeout: Duration::from_mins(1),
            ..Options::new(&fresh.url)
        };
        let database = Database::connect(&options, Clock::system()).await.unwrap();
        let held = database.begin().await.unwrap();
        let other = database.clone();
        let waiting =
            tokio::spawn(async move { other.db().instance().remember("fact", 1.into()).await });
        while database.pool_use().waiting == 0 {
            tokio::task::yield_now().await;
        }
        // How long somebody waits is what this test is about.
        tokio::time::sleep(forced).await;
        held.rollback().await.unwrap();
        waiting.await.unwrap().unwrap();

        let upsert = operation(&database, Verb::Upsert, "instance");
        assert_eq!((upsert.calls, upsert.failed), (1, 0));
        assert!(upsert.waiting.max >= forced, "{upsert:?}");
        assert!(upsert.waiting.p99 >= forced, "{upsert:?}");
        assert!(upsert.running.max < forced, "{upsert:?}");
        let begin = operation(&database, Verb::Begin, "");
        assert!(begin.calls >= 1 && begin.running.max > Duration::ZERO);
        let rollback = operation(&database, Verb::Rollback, "");
        assert_eq!(rollback.waiting.max, Duration::ZERO, "it had a connection");
    }
}

#[tokio::test]
async fn failures_and_callers_that_went_away_are_counted_apart() {
    for database in TestDatabase::all().await {
        let instance = database.db().instance();
        // A guild that has no row.
        let refused = database
            .db()
            .guild(8)
            .repo::<entity::permission_rank::Entity>();
        let draft = entity::permission_rank::ActiveModel {
            rank: sea_orm::ActiveValue::Set(1),
            name: sea_orm::ActiveValue::Set("Stranger".to_owned()),
            ..Default::default()
        };
        controllers::Crud::create(&refused, draft)
            .await
            .unwrap_err();
        while crate::cancel::dropped_after(1, instance.remember("fact", 1.into()))
            .await
            .is_some()
        {}
        let upsert = operation(&database, Verb::Upsert, "instance");
        assert_eq!((upsert.failed, upsert.given_up), (0, 1), "{upsert:?}");
        let insert = operation(&database, Verb::Insert, "permission_rank");
        assert_eq!((insert.failed, insert.given_up), (1, 0), "{insert:?}");
        let failures = database.health().await.unwrap().failures;
        assert_eq!(failures.len(), 1, "{failures:?}");
        assert_eq!(failures[0].class.name(), "refused");
        assert_eq!(failures[0].count, 1);
    }
}

#[tokio::test]
async fn hand_written_sql_is_bound_counted_and_refused_like_the_rest() {
    #[derive(sea_orm::FromQueryResult)]
    struct Fact {
        key: String,
    }
    for database in TestDatabase::all().await {
        let instance = database.db().instance();
        let nasty = "'; DROP TABLE instance; --";
        instance.remember(nasty, 1.into()).await.unwrap();
        instance.remember("other", 1.into()).await.unwrap();
        let sql = "SELECT key FROM instance WHERE key = $2 OR key = $1 ORDER BY key";
        let both = database
            .db()
            .raw("two facts", sql)
            .bind(nasty)
            .bind("other");
        let found: Vec<Fact> = both.all().await.unwrap();
        let keys: Vec<&str> = found.iter().map(|fact| &*fact.key).collect();
        assert_eq!(keys, [nasty, "other"], "{database:?}");

        let sql = "UPDATE instance SET value = $1 WHERE key = $2";
        let renamed = database.db().raw("change a fact", sql);
        let changed = renamed.bind(serde_json::json!(2)).bind("other");
        assert_eq!(changed.execute().await.unwrap(), 1);
        assert_eq!(instance.fact("other").await.unwrap(), Some(2.into()));
        assert_eq!(operation(&database, Verb::Named, "two facts").calls, 1);
        assert_eq!(operation(&database, Verb::Named, "change a fact").calls, 1);

        let pool = (*database).clone();
        let refused = database
            .transaction_with(service::Retry::NEVER, &pool, |db, pool| {
                Box::pin(async move {
                    let sql = "SELECT key FROM instance WHERE key = 'other'";
                    let inside: Option<Fact> = db.raw("one fact", sql).one().await?;
                    assert!(inside.is_some());
                    pool.db().raw("one fact", sql).one::<Fact>().await.map(drop)
                })
            })
            .await;
        let refused = refused.unwrap_err();
        assert!(matches!(refused, controllers::Error::PoolInTransaction));
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// `P16`: neither the logs at their most talkative, nor the list of slow statements, nor a `Debug` shows a value that
/// was bound or a part of a URL.
#[tokio::test]
async fn no_secret_and_no_bound_value_is_shown() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    for fresh in FreshDatabase::migrated().await {
        let options = Options {
            slow: Duration::ZERO,
            ..Options::new(&fresh.url)
        };
        let database = Database::connect(&options, Clock::system()).await.unwrap();
        let instance = database.db().instance();
        instance.remember("k", "hush hush".into()).await.unwrap();
        let wrong = instance.remember(&"hush".repeat(11), 1.into()).await;
        let shown = format!("{:?}", wrong.map_err(|error| error.to_string()));
        assert!(!shown.contains("hush"), "{shown}");
        let slow = database.slow_queries(50).await.unwrap();
        assert!(slow.iter().any(|slow| slow.text.contains("instance")));
        assert!(slow.iter().all(|slow| slow.source == SlowSource::Process));
        assert!(
            slow.iter()
                .all(|slow| slow.calls >= 1 && slow.max >= slow.mean())
        );
        let shown = format!("{slow:?} {database:?} {:?}", database.operations());
        assert!(!shown.contains("hush"), "{shown}");
        let password = fresh
            .url
            .split(':')
            .nth(2)
            .and_then(|rest| rest.split('@').next());
        let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(logged.contains("slow database call"), "{logged}");
        for secret in ["hush"].into_iter().chain(password) {
            assert!(!shown.contains(secret), "{shown}");
            assert!(!logged.contains(secret), "{secret} in {logged}");
        }
    }
}

#[tokio::test]
async fn the_server_s_own_list_of_slow_statements_is_used_where_it_keeps_one() {
    let Some(server) = OwnServer::start_new().await else {
        return;
    };
    let library = "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'";
    crate::sql::execute_outside(server.url(), library).await;
    server.stop().await;
    server.start().await;
    crate::sql::execute_outside(server.url(), "CREATE EXTENSION pg_stat_statements").await;
    let database = Database::connect(&Options::new(server.url()), Clock::system()).await;
    let database = database.unwrap();
    for _ in 0..3 {
        let one: i32 = value(
            database.db().conn(),
            "SELECT 4711 + length(pg_sleep(0.02)::text)",
        )
        .await
        .unwrap();
        assert_eq!(one, 4711);
    }
    let slow = database.slow_queries(20).await.unwrap();
    assert!(slow.len() <= 20);
    let mine = slow.iter().find(|slow| slow.text.contains("pg_sleep"));
    let mine = mine.unwrap_or_else(|| panic!("{slow:?}"));
    assert_eq!((mine.source, mine.calls), (SlowSource::Server, 3));
    assert!(mine.mean() >= Duration::from_millis(20), "{mine:?}");
    assert!(!mine.text.contains("4711"), "values are placeholders");
}
