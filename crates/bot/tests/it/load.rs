//! A short run of the load tool against the real program, on every kind of database.

use load::{Options, Progress, Rates};
use std::{path::PathBuf, time::Duration};
use test_support::FreshDatabase;

fn options(database: Option<String>) -> Options {
    Options {
        program: PathBuf::from(env!("CARGO_BIN_EXE_rookery")),
        database,
        guilds: 5,
        members: 100,
        rates: Rates {
            messages: 40.0,
            joins: 4.0,
            reactions: 10.0,
            commands: 10.0,
        },
        time: Duration::from_secs(2),
        seed: 7,
        starts: vec![1],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_little_load_nothing_is_lost_and_the_database_agrees() {
    for database in FreshDatabase::migrated().await {
        let mut told = Vec::new();
        let options = options(Some(database.url.clone()));
        let run = load::run(&options, |progress| told.push(progress));
        let report = Box::pin(run).await.unwrap();
        assert!(report.is_clean(), "{report}");
        assert_eq!(report.check.cases, 20, "one for each command: {report}");
        assert_eq!(report.complaints, 0, "{report}");
        assert!(report.events_per_s > 60.0, "{report}");
        assert!(report.acknowledged.p99_ms > 0.0 && report.answered.p99_ms > 0.0);
        assert!(report.database_calls.is_some_and(|calls| calls > 0));
        assert_eq!(report.starts.len(), 1);
        let running = |progress: &Progress| matches!(progress, Progress::Running { .. });
        assert!(told.iter().any(running), "{told:?}");
        let json = serde_json::to_value(&report).unwrap();
        for key in [
            "messages_per_s",
            "commands_per_s",
            "p50_ms",
            "p99_ms",
            "rss_mb",
            "dropped",
        ] {
            assert!(json.get(key).is_some(), "{key} is missing in {json}");
        }
    }
}

#[tokio::test]
async fn a_program_that_is_not_there_is_named() {
    let options = Options {
        program: PathBuf::from("/nowhere/rookery"),
        ..options(None)
    };
    let error = Box::pin(load::run(&options, |_| {})).await.unwrap_err();
    assert!(error.to_string().contains("/nowhere/rookery"), "{error}");
}

#[tokio::test]
async fn a_program_that_ends_at_once_is_told_with_its_status() {
    let options = Options {
        program: PathBuf::from("/bin/false"),
        ..options(None)
    };
    let error = Box::pin(load::run(&options, |_| {})).await.unwrap_err();
    assert!(error.to_string().contains("ended by itself"), "{error}");
}
