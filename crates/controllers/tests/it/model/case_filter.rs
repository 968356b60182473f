//! Which cases a list shows, and that it can be continued after a restart.

use controllers::{CaseFilter, Query};
use entity::value::{CaseKind, CaseSource, CaseState};
use proptest::prelude::*;
use proptest::sample::select;
use sea_orm::prelude::DateTimeUtc;
use test_support::{NOON, TestDatabase};

use super::{TARGET, case, commit};

fn time() -> impl Strategy<Value = DateTimeUtc> {
    (0..4_000_000_000_000_000i64)
        .prop_map(|micros| DateTimeUtc::from_timestamp_micros(micros).unwrap())
}

prop_compose! {
    fn filter()(
        (target_id, moderator_id) in any::<(Option<i64>, Option<i64>)>(),
        kind in prop::option::of(select(CaseKind::ALL)),
        state in prop::option::of(select(CaseState::ALL)),
        source in prop::option::of(select(CaseSource::ALL)),
        since in prop::option::of(time()),
        until in prop::option::of(time()),
        reason in any::<Option<String>>(),
        (active, without_notes) in any::<(bool, bool)>(),
    ) -> CaseFilter {
        CaseFilter {
            target_id,
            moderator_id,
            kind,
            state,
            source,
            since,
            until,
            reason,
            active,
            without_notes,
        }
    }
}

proptest! {
    #[test]
    fn a_filter_is_the_same_after_a_restart(filter in filter()) {
        let kept = serde_json::to_value(&filter).unwrap();
        let back: CaseFilter = serde_json::from_value(kept).unwrap();
        prop_assert_eq!(back, filter);
    }
}

#[test]
fn an_empty_filter_is_an_empty_object_and_a_wrong_word_is_an_error() {
    let kept = serde_json::to_string(&CaseFilter::default()).unwrap();
    assert_eq!(kept, "{}");
    let read = serde_json::from_str::<CaseFilter>(&kept).unwrap();
    assert!(read.is_empty());
    let wrong = serde_json::from_str::<CaseFilter>(r#"{"kind":"hug"}"#).unwrap_err();
    assert!(wrong.to_string().contains("hug"), "{wrong}");
}

/// P27: a placeholder of the wrong database binds NULL, and the condition holds for no row.
#[tokio::test]
async fn each_condition_narrows_the_list() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let mut cases = [
            CaseKind::Ban,
            CaseKind::Warn,
            CaseKind::Note,
            CaseKind::Kick,
        ]
        .map(case);
        cases[1].reason = "100% _spam_".to_owned();
        cases[2].target.id += 1;
        cases[3].moderator_id += 1;
        cases[3].source = CaseSource::Native;
        commit(&database, async |guild| {
            guild.cases().open(cases.to_vec()).await
        })
        .await
        .unwrap();
        let cases = database.db().guild(7).cases();
        let some = CaseFilter::default;
        let reason = |part: &str| CaseFilter {
            reason: Some(part.to_owned()),
            ..CaseFilter::default()
        };
        let expected = [
            (some(), vec![1, 2, 3, 4]),
            (
                CaseFilter {
                    target_id: Some(TARGET),
                    ..some()
                },
                vec![1, 2, 4],
            ),
            (
                CaseFilter {
                    moderator_id: Some(51),
                    ..some()
                },
                vec![4],
            ),
            (
                CaseFilter {
                    kind: Some(CaseKind::Warn),
                    ..some()
                },
                vec![2],
            ),
            (
                CaseFilter {
                    state: Some(CaseState::Done),
                    ..some()
                },
                vec![2, 3],
            ),
            (
                CaseFilter {
                    source: Some(CaseSource::Native),
                    ..some()
                },
                vec![4],
            ),
            (
                CaseFilter {
                    since: Some(NOON),
                    ..some()
                },
                vec![1, 2, 3, 4],
            ),
            (
                CaseFilter {
                    until: Some(NOON),
                    ..some()
                },
                vec![],
            ),
            (
                CaseFilter {
                    active: true,
                    ..some()
                },
                vec![1, 4],
            ),
            (
                CaseFilter {
                    without_notes: true,
                    ..some()
                },
                vec![1, 2, 4],
            ),
            (reason("SPAM"), vec![1, 2, 3, 4]),
            (reason("0% _S"), vec![2]),
            (reason("%"), vec![2]),
            (reason("_pam"), vec![]),
            (reason("\\"), vec![]),
        ];
        for (filter, numbers) in expected {
            let rows = cases.list(filter.clone()).await.unwrap();
            let found: Vec<_> = rows.into_iter().map(|case| case.number).collect();
            assert_eq!(found, numbers, "{filter:?} on {database:?}");
        }
    }
}
