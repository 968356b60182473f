//! The history of a case cannot be rewritten unnoticed.

use controllers::{Error, NewEvent, verify_chain};
use entity::case_event::Model;
use entity::value::{CaseEventKind, CaseKind};
use proptest::prelude::*;
use sea_orm::JsonValue;
use serde_json::json;
use sha2::{Digest, Sha256};
use test_support::TestDatabase;

use super::{MODERATOR, TARGET, case, commit};
use crate::property;

/// A warning with a comment and a confirmation that never was: three events with texts and without.
async fn history(database: &TestDatabase) -> Vec<Model> {
    database.guild(7).await;
    commit(database, async |guild| {
        let mut warning = case(CaseKind::Warn);
        warning.params = json!({ "z": [1, "ü\n\"", null], "a": { "b": true, "B": false } });
        guild.cases().open(vec![warning]).await?;
        let comment = NewEvent::of(CaseEventKind::Commented, MODERATOR)
            .with_text("comment", "Nicht nett: \u{1f426}");
        guild.cases().note(1, comment, None).await?;
        let event = NewEvent::of(CaseEventKind::Effective, MODERATOR);
        guild.cases().note(1, event, None).await
    })
    .await
    .unwrap();
    let events = database.db().guild(7).case_events().timeline(1).await;
    events.unwrap()
}

fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    Sha256::digest(parts.concat()).to_vec()
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

#[tokio::test]
async fn the_hash_is_that_of_the_documented_form() {
    for database in TestDatabase::all().await {
        let events = history(&database).await;
        let created = &events[0];
        let salt = created.data["salt"].as_str().unwrap();
        let texts = r#"{"reason":"spam","target_name":"troll"}"#;
        let commit = sha256(&[salt.as_bytes(), texts.as_bytes()]);
        assert_eq!(created.text_commit.as_ref(), Some(&commit), "{database:?}");

        let form = format!(
            concat!(
                r#"{{"actor_id":"50","at":"2027-03-01T12:00:00.000000Z","data":{{"expires_at":null,"#,
                r#""kind":"warn","params":{{"a":{{"B":false,"b":true}},"z":[1,"ü\n\"",null]}},"#,
                r#""silent":false,"source":"command","target_id":"{}","target_was_member":true}},"#,
                r#""guild_id":"7","kind":"created","number":"1","seq":"1","text_commit":"{}"}}"#,
            ),
            TARGET,
            hexadecimal(&commit),
        );
        assert_eq!(created.prev_hash, [0; 32]);
        assert_eq!(
            created.hash,
            sha256(&[&[0; 32], form.as_bytes()]),
            "{database:?}"
        );

        let last = &events[2];
        let form = concat!(
            r#"{"actor_id":"50","at":"2027-03-01T12:00:00.000000Z","data":{},"guild_id":"7","#,
            r#""kind":"effective","number":"1","seq":"3","text_commit":null}"#,
        );
        assert_eq!(last.prev_hash, events[1].hash);
        assert_eq!(last.hash, sha256(&[&events[1].hash, form.as_bytes()]));
    }
}

#[tokio::test]
async fn every_alteration_is_found_where_it_was_made() {
    type Alteration = fn(&mut Vec<Model>);
    const ALTERATIONS: &[(i64, &str, Alteration)] = &[
        (2, "it was altered", |events| events[1].actor_id = 51),
        (2, "it was altered", |events| {
            events[1].at += std::time::Duration::from_micros(1);
        }),
        (2, "it was altered", |events| {
            events[1].kind = CaseEventKind::Voided;
        }),
        (1, "it was altered", |events| events[0].guild_id = 8),
        (1, "it was altered", |events| events[0].number = 2),
        (1, "it was altered", |events| {
            events[0].data["silent"] = true.into();
        }),
        (1, "it was altered", |events| {
            events[0].data["more"] = 1.into();
        }),
        (2, "it was altered", |events| events[1].text_commit = None),
        (3, "it was altered", |events| events[2].hash[0] ^= 1),
        (3, "it does not follow the event before it", |events| {
            events[2].prev_hash[0] ^= 1;
        }),
        (3, "an event before it is missing", |events| {
            drop(events.remove(1));
        }),
        (2, "an event before it is missing", |events| {
            drop(events.remove(0));
        }),
        (2, "an event before it is missing", |events| {
            events.swap(0, 1);
        }),
        (2, "its text was altered", |events| {
            events[1].data["texts"]["comment"] = "Nice".into();
        }),
        (2, "its text was altered", |events| {
            events[1].data["salt"] = "0".into();
        }),
        (2, "its text was altered", |events| {
            let data = events[1].data.as_object_mut().unwrap();
            data.remove("salt");
            data["texts"]["comment"] = "Nice".into();
        }),
        (3, "its text was altered", |events| {
            events[2].data["texts"] = json!({ "comment": "?" });
        }),
    ];
    for database in TestDatabase::all().await {
        let events = history(&database).await;
        verify_chain(&events).unwrap();
        for (i, (seq, what, alter)) in ALTERATIONS.iter().enumerate() {
            let mut altered = events.clone();
            alter(&mut altered);
            let broken = verify_chain(&altered).expect_err(what);
            assert_eq!((broken.seq, broken.what), (*seq, *what), "alteration {i}");
        }
    }
}

#[tokio::test]
async fn erased_texts_leave_the_chain_whole() {
    for database in TestDatabase::all().await {
        let mut events = history(&database).await;
        for event in &mut events {
            let data = event.data.as_object_mut().unwrap();
            data.remove("texts");
            data.remove("salt");
        }
        verify_chain(&events).unwrap();
    }
}

fn json_value() -> impl Strategy<Value = JsonValue> {
    // NUL cannot be stored as JSON by PostgreSQL.
    let text = || "[^\u{0}]{0,8}";
    let leaf = prop_oneof![
        Just(JsonValue::Null),
        any::<bool>().prop_map(JsonValue::from),
        any::<i64>().prop_map(JsonValue::from),
        any::<u64>().prop_map(JsonValue::from),
        text().prop_map(JsonValue::from),
    ];
    leaf.prop_recursive(3, 16, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(JsonValue::from),
            prop::collection::btree_map(text(), inner, 0..4)
                .prop_map(|map| JsonValue::Object(map.into_iter().collect())),
        ]
    })
}

#[test]
fn whatever_the_facts_are_they_verify_as_they_come_back_from_the_database() {
    let databases = TestDatabase::all();
    property::check(
        24,
        databases,
        json_value(),
        async |database, guild, fact| {
            database.guild(guild).await;
            let tx = database.begin().await.unwrap();
            let inside = controllers::Db::new(&tx, database.clock()).guild(guild);
            inside
                .cases()
                .open(vec![case(CaseKind::Warn)])
                .await
                .unwrap();
            let event = NewEvent::of(CaseEventKind::Commented, MODERATOR)
                .with_facts(json!({ "fact": fact.clone() }))
                .with_text("comment", fact.to_string());
            inside.cases().note(1, event, None).await.unwrap();
            tx.commit().await.unwrap();
            let events = database.db().guild(guild).case_events().timeline(1).await;
            let verified = verify_chain(&events.unwrap());
            prop_assert!(verified.is_ok(), "{:?}", verified);
            Ok(())
        },
    );
}

#[tokio::test]
async fn facts_that_a_hash_could_not_vouch_for_are_refused() {
    for database in TestDatabase::all().await {
        history(&database).await;
        let unhashable = [
            json!([]),
            json!("text"),
            json!({ "texts": {} }),
            json!({ "salt": "" }),
            json!({ "share": 0.5 }),
            json!({ "deep": [{ "share": 1e300 }] }),
        ];
        for facts in unhashable {
            let refused = commit(&database, async |guild| {
                let event = NewEvent::of(CaseEventKind::Commented, MODERATOR);
                let event = event.with_facts(facts.clone());
                guild.cases().note(1, event, None).await
            })
            .await;
            assert!(matches!(refused, Err(Error::Unhashable)), "{facts}");
        }
        let events = database.db().guild(7).case_events().timeline(1).await;
        assert_eq!(events.unwrap().len(), 3);
    }
}
