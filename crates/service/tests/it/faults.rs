//! A network and a server that fail, and what becomes of the work that was under way.

use std::time::{Duration, Instant};

use controllers::{Clock, Db, Error};
use sea_orm::ConnectionTrait;
use service::{Database, Options, Retry};
use test_support::postgres::{OwnServer, Server};
use test_support::{FreshDatabase, Proxy};
use tokio::time::timeout;

use crate::sql::facts_seen_from_outside;

/// How soon the server's return has to be noticed.
const SOON: Duration = Duration::from_secs(1);
/// How long any call may take when nothing is wrong with the machine.
const PATIENCE: Duration = Duration::from_secs(30);

async fn behind_a_proxy(
    change: impl FnOnce(&mut Options),
) -> Option<(FreshDatabase, Proxy, Database)> {
    let fresh = Server::get().await?.fresh_database().await;
    let proxy = Proxy::before(&fresh.url).await;
    let mut options = Options::new(proxy.url());
    options.direct_url = Some(fresh.url.clone());
    change(&mut options);
    let database = Database::connect(&options, Clock::system()).await.unwrap();
    Some((fresh, proxy, database))
}

/// Starts a statement that the server works on until its connection is cut.
fn slow_statement(database: &Database) -> tokio::task::JoinHandle<Result<(), Error>> {
    let database = database.clone();
    tokio::spawn(async move {
        let conn = database.db().conn();
        let slept = conn.execute_unprepared("SELECT pg_sleep(60)").await;
        slept.map(drop).map_err(Error::from)
    })
}

/// Waits until the server has been sent the statement.
async fn under_way(proxy: &Proxy) {
    let sent = async {
        while !proxy
            .take_texts()
            .iter()
            .any(|text| text.contains("pg_sleep"))
        {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, sent).await.unwrap();
}

/// The time until a write succeeds, tried over and over.
async fn time_until_written(database: &Database, key: &str) -> Duration {
    let start = Instant::now();
    loop {
        match database.db().instance().remember(key, 1.into()).await {
            Ok(()) => return start.elapsed(),
            Err(error) => assert!(error.is_unavailable(), "{error:?}"),
        }
        assert!(start.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn work_on_a_connection_that_is_cut_fails_and_later_work_succeeds_at_once() {
    let Some((_fresh, proxy, database)) = behind_a_proxy(|_| ()).await else {
        return;
    };
    // A warm connection beside the one that is at work.
    database
        .db()
        .instance()
        .remember("a", 1.into())
        .await
        .unwrap();
    let working = slow_statement(&database);
    under_way(&proxy).await;
    let tx = database.begin().await.unwrap();
    let inside = Db::new(&tx, database.clock());
    inside.instance().remember("b", 1.into()).await.unwrap();
    proxy.cut();
    let lost = working.await.unwrap().unwrap_err();
    assert!(matches!(lost, Error::Connection(_)), "{lost:?}");
    let lost = inside.instance().remember("c", 1.into()).await.unwrap_err();
    assert!(matches!(lost, Error::Connection(_)), "{lost:?}");
    let lost = tx.commit().await.unwrap_err();
    // It never got to COMMIT, so it is certain that nothing was stored.
    assert!(matches!(lost, Error::Connection(_)), "{lost:?}");
    assert!(time_until_written(&database, "d").await < SOON);
    let facts = database.db().instance();
    assert_eq!(facts.fact("b").await.unwrap(), None);
    assert!(facts.fact("a").await.unwrap().is_some());
}

#[tokio::test]
async fn a_transaction_that_is_cut_before_commit_runs_again_by_itself() {
    let Some((_fresh, proxy, database)) = behind_a_proxy(|_| ()).await else {
        return;
    };
    let runs = std::sync::atomic::AtomicU32::new(0);
    let input = (&proxy, &runs);
    let patient = Retry {
        attempts: 20,
        ..Retry::DEFAULT
    };
    database
        .transaction_with(patient, &input, |db, (proxy, runs)| {
            Box::pin(async move {
                db.instance().remember("a", 1.into()).await?;
                if runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 {
                    proxy.cut();
                }
                db.instance().remember("b", 1.into()).await
            })
        })
        .await
        .unwrap();
    assert!(runs.into_inner() >= 2);
    let facts = database.db().instance();
    assert!(facts.fact("a").await.unwrap().is_some());
    assert!(facts.fact("b").await.unwrap().is_some());
}

/// The answer to COMMIT is lost after the server has committed: the closure must not run again.
#[tokio::test]
async fn a_lost_commit_is_unknown_and_never_repeated() {
    let Some((fresh, proxy, database)) = behind_a_proxy(|_| ()).await else {
        return;
    };
    proxy.lose_answer_to("COMMIT");
    let runs = std::sync::atomic::AtomicU32::new(0);
    let told = database
        .transaction_with(Retry::DEFAULT, &runs, |db, runs| {
            Box::pin(async move {
                let run = runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                // Not idempotent: each run would store another fact.
                db.instance()
                    .remember(&format!("run {run}"), 1.into())
                    .await
            })
        })
        .await
        .unwrap_err();
    assert!(!proxy.has_yet_to_lose());
    assert!(matches!(told, Error::CommitUnknown(_)), "{told:?}");
    assert!(told.is_unavailable() && !told.is_retryable());
    assert_eq!(runs.into_inner(), 1);
    assert_eq!(
        facts_seen_from_outside(&fresh.url).await,
        1,
        "it was stored"
    );
}

/// The same for a single statement, which commits by itself.
#[tokio::test]
async fn a_single_statement_whose_answer_is_lost_is_not_repeated() {
    let Some((fresh, proxy, database)) = behind_a_proxy(|_| ()).await else {
        return;
    };
    proxy.lose_answer_to("INSERT INTO instance (key, value)");
    let conn = database.db().conn();
    let sql = "INSERT INTO instance (key, value) VALUES (gen_random_uuid()::text, '1')";
    let told = conn.execute_unprepared(sql).await.unwrap_err();
    let told = Error::from(told);
    assert!(matches!(told, Error::Connection(_)), "{told:?}");
    assert_eq!(facts_seen_from_outside(&fresh.url).await, 1);
}

#[tokio::test]
async fn a_server_that_is_away_is_told_within_the_acquire_timeout_and_its_return_is_noticed() {
    let Some((_fresh, proxy, database)) = behind_a_proxy(|options| {
        options.acquire_timeout = Duration::from_millis(300);
    })
    .await
    else {
        return;
    };
    proxy.go_away();
    for _ in 0..3 {
        let start = Instant::now();
        let told = database.db().instance().fact("a").await.unwrap_err();
        assert!(told.is_unavailable(), "{told:?}");
        assert!(start.elapsed() < PATIENCE / 10, "{:?}", start.elapsed());
    }
    proxy.come_back();
    assert!(time_until_written(&database, "a").await < SOON);
}

/// A machine without power says nothing, not even that the connection is closed.
#[tokio::test]
async fn a_server_that_falls_silent_counts_as_lost_after_the_answer_timeout() {
    let Some((_fresh, proxy, database)) = behind_a_proxy(|options| {
        options.answer_timeout = Duration::from_millis(500);
        options.pool_max = 2;
    })
    .await
    else {
        return;
    };
    let tx = database.begin().await.unwrap();
    database
        .db()
        .instance()
        .remember("a", 1.into())
        .await
        .unwrap();
    proxy.fall_silent();
    let told = database.db().instance().remember("b", 1.into()).await;
    let told = told.unwrap_err();
    assert!(matches!(told, Error::Connection(_)), "{told:?}");
    let told = tx.commit().await.unwrap_err();
    assert!(matches!(told, Error::CommitUnknown(_)), "{told:?}");
    // Neither connection is waited for again, and the pool has room for new ones.
    assert!(time_until_written(&database, "c").await < SOON);
    assert!(time_until_written(&database, "d").await < SOON);
}

/// `P16`: a slow network is time spent running, not time spent waiting for the pool.
#[tokio::test]
async fn a_slow_network_delays_and_breaks_nothing() {
    let Some((_fresh, proxy, database)) = behind_a_proxy(|_| ()).await else {
        return;
    };
    database
        .db()
        .instance()
        .remember("a", 1.into())
        .await
        .unwrap();
    let delay = Duration::from_millis(50);
    proxy.delay(delay);
    database
        .db()
        .instance()
        .remember("a", 2.into())
        .await
        .unwrap();
    let operations = database.operations();
    let upserts = operations
        .iter()
        .find(|operation| operation.verb == service::Verb::Upsert && operation.table == "instance");
    let upserts = upserts.unwrap();
    assert!(upserts.running.max >= delay, "{upserts:?}");
}

struct Acknowledged {
    keys: Vec<String>,
    failed: u32,
}

/// Writes facts one after the other until told to stop, and remembers which were acknowledged.
async fn write_until(
    database: &Database,
    worker: u32,
    mut stop: tokio::sync::watch::Receiver<bool>,
) -> Acknowledged {
    let mut acknowledged = Acknowledged {
        keys: Vec::new(),
        failed: 0,
    };
    for n in 0.. {
        if *stop.borrow_and_update() {
            break;
        }
        let key = format!("worker {worker} fact {n}");
        match database.db().instance().remember(&key, n.into()).await {
            Ok(()) => acknowledged.keys.push(key),
            Err(error) => {
                assert!(error.is_unavailable(), "{error:?}");
                acknowledged.failed += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
    acknowledged
}

/// Four workers write while the server goes and comes back; then all that was acknowledged is there.
async fn survives(fail: impl AsyncFnOnce(&OwnServer)) {
    let Some(server) = OwnServer::start_new().await else {
        return;
    };
    let database = Database::connect(&Options::new(server.url()), Clock::system()).await;
    let database = database.unwrap();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let workers: Vec<_> = (0..4)
        .map(|worker| {
            let (database, stopped) = (database.clone(), stopped.clone());
            tokio::spawn(async move { write_until(&database, worker, stopped).await })
        })
        .collect();
    let enough = async || {
        let written = facts_seen_from_outside(server.url()).await;
        while facts_seen_from_outside(server.url()).await < written + 20 {
            tokio::task::yield_now().await;
        }
    };
    enough().await;
    fail(&server).await;
    assert!(time_until_written(&database, "back").await < SOON);
    enough().await;
    stop.send_replace(true);
    let mut failed = 0;
    for worker in workers {
        let acknowledged = worker.await.unwrap();
        failed += acknowledged.failed;
        for key in acknowledged.keys {
            let fact = database.db().instance().fact(&key).await.unwrap();
            assert!(fact.is_some(), "{key} was acknowledged");
        }
    }
    assert!(failed > 0, "the server was away while they wrote");
    database.close().await;
}

#[tokio::test]
async fn a_restart_of_the_server_loses_no_acknowledged_row() {
    survives(async |server: &OwnServer| {
        server.stop().await;
        server.start().await;
    })
    .await;
}

#[tokio::test]
async fn a_crash_of_the_server_loses_no_acknowledged_row() {
    survives(async |server: &OwnServer| {
        server.kill().await;
        server.start().await;
    })
    .await;
}

/// A pool that meets a standby waits for the primary, and a connection whose server was demoted is not used again.
#[tokio::test]
async fn a_writer_waits_for_the_primary_while_a_reader_makes_do_with_a_standby() {
    let Some(server) = OwnServer::start_new().await else {
        return;
    };
    let options = Options {
        read_url: Some(server.url().to_owned()),
        acquire_timeout: Duration::from_millis(500),
        ..Options::new(server.url())
    };
    let database = Database::connect(&options, Clock::system()).await.unwrap();
    database
        .db()
        .instance()
        .remember("a", 1.into())
        .await
        .unwrap();
    let report = database.health().await.unwrap();
    assert!(!report.in_recovery);
    assert_eq!(
        report
            .replica
            .map(|replica| (replica.reachable, replica.lag)),
        Some((true, None))
    );

    server.stop().await;
    let report = database.health().await;
    assert!(report.unwrap_err().is_unavailable());
    server.demote();
    server.start().await;
    for _ in 0..3 {
        let told = database.db().instance().remember("b", 1.into()).await;
        assert!(told.unwrap_err().is_unavailable());
    }
    let start = Instant::now();
    let read = loop {
        match database.reader().instance().fact("a").await {
            Ok(read) => break read,
            Err(error) => assert!(
                error.is_unavailable() && start.elapsed() < SOON,
                "{error:?}"
            ),
        }
    };
    assert_eq!(read, Some(1.into()));
    let started = Database::connect(&options, Clock::system())
        .await
        .unwrap_err();
    assert!(started.is_unavailable(), "{started:?}");

    server.promote().await;
    assert!(time_until_written(&database, "c").await < SOON);
}
