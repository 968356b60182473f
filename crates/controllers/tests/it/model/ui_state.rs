//! What a component needs beyond its custom id.

use std::time::Duration;

use controllers::{Crud, Error, Everything, Query};
use serde_json::json;
use test_support::{NOON, TestDatabase};

const HOUR: Duration = Duration::from_hours(1);

async fn keep(database: &TestDatabase, id: &str) -> Result<(), Error> {
    let states = database.db().ui_states();
    let data = json!({ "id": id });
    let kept = states.keep(id.to_owned(), Some(7), 50, "confirm", data, HOUR);
    kept.await.map(drop)
}

#[tokio::test]
async fn what_is_kept_can_be_recalled_until_it_expires() {
    for database in TestDatabase::all().await {
        keep(&database, "a").await.unwrap();
        let states = database.db().ui_states();
        let state = states.recall("a").await.unwrap().unwrap();
        assert_eq!(state.data, json!({ "id": "a" }));
        assert_eq!((state.guild_id, state.user_id), (Some(7), 50));
        assert_eq!(state.expires_at, NOON + HOUR);
        assert_eq!(states.recall("b").await.unwrap(), None);
        let taken = keep(&database, "a").await.unwrap_err();
        assert!(taken.is_unique("ui_state_pkey", &["id"]), "{taken:?}");

        database.clock().advance(HOUR);
        assert_eq!(states.recall("a").await.unwrap(), None);
        assert_eq!(states.redeem("a").await.unwrap(), None);
        assert_eq!(states.find("a".to_owned()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn of_many_who_redeem_one_gets_it() {
    for database in TestDatabase::all().await {
        keep(&database, "a").await.unwrap();
        let callers: Vec<_> = (0..16)
            .map(|_| {
                let database = (*database).clone();
                tokio::spawn(async move { database.db().ui_states().redeem("a").await.unwrap() })
            })
            .collect();
        let mut got = 0;
        for caller in callers {
            got += usize::from(caller.await.unwrap().is_some());
        }
        assert_eq!(got, 1, "{database:?}");
    }
}

#[tokio::test]
async fn the_same_screen_is_kept_once_and_for_longer() {
    for database in TestDatabase::all().await {
        let states = database.db().ui_states();
        let keep = async |hours| {
            let data = json!({ "page": 1 });
            let kept = states.keep_same("digest".to_owned(), None, 50, "cases", data, hours * HOUR);
            kept.await.unwrap();
        };
        keep(2).await;
        database.clock().advance(HOUR);
        keep(2).await;
        assert_eq!(states.count(Everything).await.unwrap(), 1);
        let state = states.recall("digest").await.unwrap().unwrap();
        assert_eq!(state.expires_at, NOON + 3 * HOUR);
        assert_eq!(state.created_at, NOON);
        keep(1).await;
        let state = states.recall("digest").await.unwrap().unwrap();
        assert_eq!(
            state.expires_at,
            NOON + 3 * HOUR,
            "never for less time than was promised"
        );
    }
}

#[tokio::test]
async fn what_has_expired_is_forgotten_and_the_rest_is_not() {
    for database in TestDatabase::all().await {
        keep(&database, "early").await.unwrap();
        database.clock().advance(HOUR);
        keep(&database, "late").await.unwrap();
        let states = database.db().ui_states();
        assert_eq!(states.forget_expired().await.unwrap(), 1);
        assert_eq!(states.forget_expired().await.unwrap(), 0);
        assert!(states.recall("late").await.unwrap().is_some());
    }
}
