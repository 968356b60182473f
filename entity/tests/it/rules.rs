use std::collections::BTreeMap;

use entity::{Limit, Managed, Refused, Stamp, mod_case};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{ActiveValue::Set, ConnectionTrait, Database, IdenStatic as _, Statement, Value};
use test_support::FreshDatabase;

use crate::{for_every_entity, is_sqlite, named_texts};

/// The rules of an entity: column and limit by the name that the CHECK has.
fn ruled<E: Managed>() -> Vec<(String, (&'static str, Limit))> {
    let table = E::default().table_name().to_owned();
    let named = E::RULES.iter().map(|rule| {
        let column = rule.column().as_str();
        (format!("{table}_{column}_check"), (column, rule.limit()))
    });
    named.collect()
}

/// The conditions of all CHECKs by their names.
async fn conditions(db: &impl ConnectionTrait) -> BTreeMap<String, String> {
    if is_sqlite(db) {
        let tables = "SELECT name, sql AS text FROM sqlite_master WHERE type = 'table'";
        let tables = named_texts(db, tables).await;
        let constraints = tables
            .iter()
            .flat_map(|(_, sql)| sql.split("CONSTRAINT \"").skip(1));
        let checks = constraints.filter_map(|text| {
            let (name, condition) = text.split_once("\" CHECK ")?;
            Some((name.to_owned(), in_parentheses(condition).to_owned()))
        });
        return checks.collect();
    }
    let checks = "SELECT conname::text AS name, pg_get_expr(conbin, conrelid) AS text
                    FROM pg_constraint
                   WHERE contype = 'c' AND connamespace = 'public'::regnamespace";
    named_texts(db, checks).await.into_iter().collect()
}

/// The text up to the end of the parenthesis that it begins with.
fn in_parentheses(text: &str) -> &str {
    let mut depth = 0;
    let end = text.find(|character| {
        depth += i32::from(character == '(') - i32::from(character == ')');
        depth == 0
    });
    &text[..=end.unwrap()]
}

/// Values on both sides of a limit.
fn probes(limit: Limit) -> Vec<Value> {
    match limit {
        Limit::Between(least, most) => [i64::MIN, -1, 0, 1, 2, i64::MAX]
            .into_iter()
            .chain(
                [least, most]
                    .into_iter()
                    .flat_map(|n| [n.saturating_sub(1), n, n.saturating_add(1)]),
            )
            .map(Value::from)
            .collect(),
        // One, two and four bytes long.
        Limit::Characters(most) => ["x", "é", "🦉"]
            .iter()
            .flat_map(|letter| [0, 1, most - 1, most, most + 1].map(|n| letter.repeat(n).into()))
            .collect(),
        Limit::Bytes(length) => [0, length - 1, length, length + 1]
            .map(|n| vec![7_u8; n].into())
            .to_vec(),
        // Holds for every column, and is no CHECK; a new kind without probes compares nothing, and fails.
        _ => Vec::new(),
    }
}

async fn passes(db: &impl ConnectionTrait, condition: &str, column: &str, value: Value) -> bool {
    let sql = if is_sqlite(db) {
        format!(r#"SELECT {condition} AS ok FROM (SELECT ? AS "{column}") AS t"#)
    } else {
        format!(r#"SELECT {condition} AS ok FROM (SELECT $1 AS "{column}") AS t"#)
    };
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [value]);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "ok").unwrap()
}

#[tokio::test]
async fn every_check_of_a_length_or_range_has_a_rule_that_refuses_the_same_values() {
    let rules: BTreeMap<_, _> = for_every_entity!(ruled).into_iter().flatten().collect();
    for database in FreshDatabase::migrated().await {
        let db = Database::connect(&database.url).await.unwrap();
        let mut conditions = conditions(&db).await;
        // Lists of words are enums, and rules about several columns are left to the database.
        conditions.retain(|_, text| !text.contains(" IN (") && !text.contains("= ANY"));
        for several in ["guild_left", "mod_case_expiry", "permission_command_set"] {
            let known = conditions.remove(&format!("{several}_check"));
            assert!(known.is_some(), "{several}");
        }
        let checked: Vec<_> = conditions.keys().collect();
        assert_eq!(
            checked,
            rules.keys().collect::<Vec<_>>(),
            "CHECKs and rules"
        );
        for (name, condition) in &conditions {
            let (column, limit) = rules[name];
            assert!(!probes(limit).is_empty(), "{limit:?}");
            for value in probes(limit) {
                let allowed = limit.allows(&value);
                let passes = passes(&db, condition, column, value.clone()).await;
                assert_eq!(allowed, passes, "{name} {condition}: {value:?}");
            }
        }
    }
}

#[test]
fn a_broken_rule_is_told_with_its_column_on_insert_and_on_update() {
    let stamp = Stamp {
        now: DateTimeUtc::UNIX_EPOCH,
        tenant: Some(7),
    };
    let long = mod_case::ActiveModel {
        reason: Set("é".repeat(1_001)),
        ..Default::default()
    };
    let unstorable = mod_case::ActiveModel {
        params: Set([("a", vec!["b\0"])].into_iter().collect()),
        ..Default::default()
    };
    let cases = [
        (long, "reason must have at most 1000 characters"),
        (unstorable, "params must not contain NUL characters"),
    ];
    for (draft, expected) in cases {
        let inserted = stamp.insert::<mod_case::Entity>(draft.clone()).unwrap_err();
        assert_eq!(inserted.to_string(), expected);
        let updated = stamp.update::<mod_case::Entity>(draft).unwrap_err();
        assert!(matches!(updated, Refused::Invalid { .. }));
    }
}

#[test]
fn created_at_does_not_move() {
    let stamp = Stamp {
        now: DateTimeUtc::UNIX_EPOCH,
        tenant: Some(7),
    };
    let draft = mod_case::ActiveModel {
        created_at: Set(DateTimeUtc::UNIX_EPOCH),
        ..Default::default()
    };
    let draft = stamp.update::<mod_case::Entity>(draft).unwrap();
    assert!(draft.created_at.is_not_set());
}
