use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use entity::value::{
    AttemptOutcome, CaseEventKind, CaseFamily, CaseKind, CaseSource, CaseState, ConfigSource,
    CounterKey, LogKind, ObligationKind, ObligationState, PermissionMode, TargetType, UnknownWord,
};
use sea_orm::{ActiveEnum, ConnectionTrait, Database};
use test_support::FreshDatabase;

use crate::{is_sqlite, named_texts};

type Words = BTreeSet<String>;

/// The quoted words of SQL text.
fn quoted(sql: &str) -> Words {
    sql.split('\'')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The words of every CHECK that is a list of words, by the name of the CHECK.
async fn checked(db: &impl ConnectionTrait) -> BTreeMap<String, Words> {
    if is_sqlite(db) {
        let tables = "SELECT name, sql AS text FROM sqlite_master WHERE type = 'table'";
        let tables = named_texts(db, tables).await;
        let constraints = tables
            .iter()
            .flat_map(|(_, sql)| sql.split("CONSTRAINT \"").skip(1));
        let lists = constraints.filter_map(|constraint| {
            let (name, rule) = constraint.split_once("\" CHECK ")?;
            let (_, list) = rule.split_once(" IN (")?;
            let (list, _) = list.split_once(')')?;
            Some((name.to_owned(), quoted(list)))
        });
        return lists.collect();
    }
    let lists = "SELECT conname::text AS name, pg_get_constraintdef(oid) AS text
                   FROM pg_constraint WHERE contype = 'c' AND pg_get_constraintdef(oid) ~ '= ANY'
                    AND connamespace = 'public'::regnamespace";
    let lists = named_texts(db, lists).await.into_iter();
    lists.map(|(name, rule)| (name, quoted(&rule))).collect()
}

fn of<E: ActiveEnum<Value = String>>() -> Words {
    E::iter().map(|value| value.to_value()).collect()
}

#[tokio::test]
async fn each_enum_has_the_words_of_its_check_and_each_list_has_an_enum() {
    let expected = [
        ("case_event_kind_check", of::<CaseEventKind>()),
        ("config_event_source_check", of::<ConfigSource>()),
        ("counter_key_check", of::<CounterKey>()),
        ("guild_config_permission_mode_check", of::<PermissionMode>()),
        ("log_channel_kind_check", of::<LogKind>()),
        ("mod_case_family_check", of::<CaseFamily>()),
        ("mod_case_kind_check", of::<CaseKind>()),
        ("mod_case_source_check", of::<CaseSource>()),
        ("mod_case_state_check", of::<CaseState>()),
        ("mod_case_target_type_check", of::<TargetType>()),
        ("obligation_attempt_outcome_check", of::<AttemptOutcome>()),
        ("obligation_kind_check", of::<ObligationKind>()),
        ("obligation_state_check", of::<ObligationState>()),
    ];
    let expected = BTreeMap::from(expected.map(|(name, words)| (name.to_owned(), words)));
    for database in FreshDatabase::migrated().await {
        let db = Database::connect(&database.url).await.unwrap();
        assert_eq!(
            checked(&db).await,
            expected,
            "{:?}",
            db.get_database_backend()
        );
    }
}

#[tokio::test]
async fn a_kind_is_a_sanction_when_the_index_keeps_it_apart() {
    let sanctions = CaseKind::ALL.iter().filter(|kind| kind.is_sanction());
    let expected: Words = sanctions.map(ToString::to_string).collect();
    for database in FreshDatabase::migrated().await {
        let db = Database::connect(&database.url).await.unwrap();
        let sql = if is_sqlite(&db) {
            "SELECT name, sql AS text FROM sqlite_master WHERE name = 'mod_case_sanction_key'"
        } else {
            "SELECT indexname::text AS name, indexdef AS text FROM pg_indexes
              WHERE indexname = 'mod_case_sanction_key'"
        };
        let (_, index) = named_texts(&db, sql).await.pop().expect("the index exists");
        // Both conditions of the index are lists: the states, and then the kinds.
        let (_, condition) = index.split_once("WHERE").unwrap();
        let (_, kinds) = condition.split_once(" AND ").unwrap();
        assert_eq!(quoted(kinds), expected, "{index}");
    }
}

#[test]
fn only_members_of_a_family_are_sanctions() {
    for kind in CaseKind::ALL {
        assert!(!kind.is_sanction() || kind.family().is_some(), "{kind}");
    }
}

#[test]
fn words_are_read_and_written_alike_everywhere() {
    fn check<E>(all: &[E])
    where
        E: ActiveEnum<Value = String> + FromStr<Err = UnknownWord> + ToString + Copy,
        E: PartialEq + std::fmt::Debug,
    {
        assert_eq!(all.to_vec(), E::iter().collect::<Vec<_>>());
        for value in all {
            assert_eq!(value.to_string(), value.to_value());
            assert_eq!(E::from_str(&value.to_string()), Ok(*value));
        }
        let unknown = E::from_str("no such word").unwrap_err();
        assert_eq!(unknown.word, "no such word");
    }
    check(AttemptOutcome::ALL);
    check(CaseEventKind::ALL);
    check(CaseFamily::ALL);
    check(CaseKind::ALL);
    check(CaseSource::ALL);
    check(CaseState::ALL);
    check(ConfigSource::ALL);
    check(CounterKey::ALL);
    check(LogKind::ALL);
    check(ObligationKind::ALL);
    check(ObligationState::ALL);
    check(PermissionMode::ALL);
    check(TargetType::ALL);
}
