//! What processes on one PostgreSQL know of each other.

use std::time::Duration;

use controllers::{OBLIGATION_DUE, Promise};
use entity::value::ObligationKind;
use sea_orm::prelude::Uuid;
use service::{Heard, Listener, Options};
use test_support::TestDatabase;

fn owed(key: &str, held_by: Option<&str>) -> Promise {
    Promise {
        id: Uuid::now_v7(),
        kind: ObligationKind::Log,
        guild_id: None,
        case_number: None,
        subject_id: None,
        payload: serde_json::json!({}),
        dedupe_key: key.to_owned(),
        after: None,
        due_at: None,
        nonce: None,
        held_by: held_by.map(|name| (name.to_owned(), Duration::from_mins(1))),
    }
}

async fn listener(database: &TestDatabase, name: &str) -> Option<Listener> {
    let mut options = Options::new(database.url());
    options.acquire_timeout = Duration::from_mins(1);
    Listener::connect(&options, name, &[OBLIGATION_DUE])
        .await
        .unwrap()
}

#[tokio::test]
async fn a_commit_is_heard_and_a_rollback_is_not() {
    for database in TestDatabase::all().await {
        let Some(mut listener) = listener(&database, "a").await else {
            assert!(database.is_sqlite());
            continue;
        };
        let tx = database.begin().await.unwrap();
        let db = controllers::Db::new(&tx, database.clock());
        db.obligations().promise(owed("1", None)).await.unwrap();
        tx.rollback().await.unwrap();
        // Nobody else may do what its maker does at once.
        let held = owed("2", Some("a"));
        database.db().obligations().promise(held).await.unwrap();
        let quiet = tokio::time::timeout(Duration::from_millis(100), listener.hear());
        assert!(quiet.await.is_err());

        let waits = owed("3", None);
        database.db().obligations().promise(waits).await.unwrap();
        let heard = listener.hear().await;
        assert_eq!(heard, Heard::Announced(OBLIGATION_DUE.to_owned()));
    }
}

#[tokio::test]
async fn what_a_dead_process_held_is_given_back_and_what_a_living_one_holds_is_not() {
    for database in TestDatabase::all().await {
        let (Some(mut alive), Some(dying)) = (
            listener(&database, "alive").await,
            listener(&database, "dying").await,
        ) else {
            assert_eq!(database.db().obligations().release_dead().await.unwrap(), 0);
            continue;
        };
        let obligations = database.db().obligations();
        for name in ["alive", "dying"] {
            obligations.promise(owed(name, Some(name))).await.unwrap();
        }
        assert_eq!(obligations.release_dead().await.unwrap(), 0);
        drop(dying);
        while obligations.release_dead().await.unwrap() == 0 {
            tokio::task::yield_now().await;
        }
        assert!(obligations.any_due().await.unwrap());
        assert_eq!(
            alive.hear().await,
            Heard::Announced(OBLIGATION_DUE.to_owned())
        );
        let claimed = obligations
            .claim_due("alive", Duration::from_mins(1), 9, &[])
            .await
            .unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].dedupe_key, "dying");
    }
}
