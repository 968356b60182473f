//! What was altered in the database is found, wherever it is.

use controllers::Proof;
use entity::value::CaseKind;
use sea_orm::ConnectionTrait;
use test_support::TestDatabase;

use super::{case, commit};

/// Three warnings in one guild.
async fn three(database: &TestDatabase) {
    database.guild(7).await;
    database.guild(8).await;
    let warnings = vec![
        case(CaseKind::Warn),
        case(CaseKind::Warn),
        case(CaseKind::Kick),
    ];
    let opened = commit(database, async |guild| {
        guild.cases().open(warnings).await?;
        guild.cases().confirm(3, 99).await
    });
    opened.await.unwrap();
}

async fn sql(database: &TestDatabase, statement: &str) {
    let tx = database.begin().await.unwrap();
    tx.execute_unprepared(statement).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the proof says about guild 7, in words.
async fn broken(database: &TestDatabase) -> Vec<String> {
    let proof = database.db().prove_histories(None).await.unwrap();
    assert!(proof.broken.iter().all(|(guild, _)| *guild == 7));
    let breaks = proof.broken.iter();
    breaks.map(|(_, broken)| broken.to_string()).collect()
}

#[tokio::test]
async fn whole_histories_are_counted() {
    for database in TestDatabase::all().await {
        three(&database).await;
        let expected = |guilds| Proof {
            guilds,
            cases: 3,
            events: 4,
            broken: Vec::new(),
        };
        let all = database.db().prove_histories(None).await.unwrap();
        assert_eq!(all, expected(2), "{database:?}");
        let one = database.db().prove_histories(Some(7)).await.unwrap();
        assert_eq!(one, expected(1));
    }
}

#[tokio::test]
async fn an_altered_a_missing_and_a_last_event_are_found() {
    for database in TestDatabase::all().await {
        three(&database).await;
        sql(
            &database,
            "UPDATE case_event SET actor_id = 51 WHERE number = 1",
        )
        .await;
        sql(
            &database,
            "DELETE FROM case_event WHERE number = 3 AND seq = 2",
        )
        .await;
        let expected = [
            "case 1, event 1: it was altered",
            "case 3, event 2: the last events are missing",
        ];
        assert_eq!(broken(&database).await, expected, "{database:?}");
        sql(
            &database,
            "UPDATE mod_case SET event_seq = 1 WHERE number = 3",
        )
        .await;
        assert_eq!(broken(&database).await, expected[..1], "both were altered");
    }
}

#[tokio::test]
async fn a_case_that_is_gone_is_found_in_the_middle_and_at_the_end() {
    for database in TestDatabase::all().await {
        three(&database).await;
        for number in [2, 3] {
            for table in ["case_event", "mod_case"] {
                let delete = format!("DELETE FROM {table} WHERE number = {number}");
                sql(&database, &delete).await;
            }
            let gone = format!("case {}, event 1: the case is missing", 2);
            assert_eq!(broken(&database).await, [gone], "{database:?}");
        }
    }
}
