//! Lists of cases page by page, and states kept for their buttons.

use controllers::{CaseFilter, CasePage, CaseTarget, Crud as _, GuildDb, NewCase, Tally, Turn};
use entity::value::{CaseKind, CaseSource, CaseState, TargetType};
use serde_json::json;
use service::Pool;
use std::time::Duration;
use test_support::TestDatabase;

const GUILD: i64 = 7;
const SIZE: u64 = 3;

/// A case against somebody; the numbers follow the order.
fn against(target_id: i64, kind: CaseKind) -> NewCase {
    NewCase {
        kind,
        source: CaseSource::Command,
        target: CaseTarget {
            kind: TargetType::User,
            id: target_id,
            name: "ada".to_owned(),
            was_member: true,
        },
        moderator_id: 1,
        reason: "spam".to_owned(),
        silent: false,
        params: json!({}),
        expires_at: None,
    }
}

async fn open(guild: GuildDb<'_, Pool>, cases: Vec<NewCase>) {
    let opened = guild
        .all_guilds()
        .transaction(|db| Box::pin(async move { db.guild(GUILD).cases().open(cases).await }));
    opened.await.expect("cases can be opened");
}

async fn page(guild: GuildDb<'_, Pool>, filter: &CaseFilter, turn: Turn) -> CasePage {
    let page = guild.cases().page(filter, turn, SIZE).await;
    page.expect("a page")
}

fn numbers(page: &CasePage) -> Vec<i64> {
    page.cases.iter().map(|case| case.number).collect()
}

/// Every page from one end of the list to the other.
async fn walk(
    guild: GuildDb<'_, Pool>,
    filter: &CaseFilter,
    from: Turn,
    on: impl Fn(&CasePage) -> Option<Turn>,
) -> Vec<CasePage> {
    let mut pages = vec![page(guild, filter, from).await];
    while let Some(turn) = pages.last().and_then(&on) {
        pages.push(page(guild, filter, turn).await);
    }
    pages
}

#[tokio::test]
async fn walking_all_pages_in_either_direction_is_one_scan_newest_first() {
    for database in TestDatabase::all().await {
        let guild = database.guild(GUILD).await;
        let everything = CaseFilter::default();
        for count in 0..=10_i64 {
            if count > 0 {
                open(guild, vec![against(1, CaseKind::Warn)]).await;
            }
            let scan: Vec<i64> = (1..=count).rev().collect();
            let pages = (count.unsigned_abs()).div_ceil(SIZE).max(1);

            let forward = walk(guild, &everything, Turn::First, |page| page.next.clone()).await;
            let seen: Vec<i64> = forward.iter().flat_map(numbers).collect();
            assert_eq!(seen, scan, "{database:?}, {count} cases forward");

            let mut back = walk(guild, &everything, Turn::Last, |page| page.previous.clone()).await;
            back.reverse();
            let boundaries = |pages: &[CasePage]| pages.iter().map(numbers).collect::<Vec<_>>();
            assert_eq!(
                boundaries(&back),
                boundaries(&forward),
                "{database:?}, {count} cases"
            );

            for walked in [forward, back] {
                for (number, page) in (1..).zip(&walked) {
                    assert_eq!((page.number, page.pages), (number, pages), "{database:?}");
                    assert_eq!(page.previous.is_some(), number > 1, "{database:?}");
                    assert_eq!(page.next.is_some(), number < pages, "{database:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_page_keeps_its_cases_and_tells_its_new_number_when_newer_ones_came() {
    for database in TestDatabase::all().await {
        let guild = database.guild(GUILD).await;
        let everything = CaseFilter::default();
        open(guild, vec![against(1, CaseKind::Warn); 7]).await;
        let first = page(guild, &everything, Turn::First).await;
        open(guild, vec![against(1, CaseKind::Warn); 3]).await;
        let next = page(guild, &everything, first.next.expect("a second page")).await;
        assert_eq!(numbers(&next), [4, 3, 2], "{database:?}");
        assert_eq!((next.number, next.pages), (3, 4), "{database:?}");
    }
}

#[tokio::test]
async fn a_page_whose_cases_have_all_left_the_list_gives_way_to_the_last_one() {
    for database in TestDatabase::all().await {
        let guild = database.guild(GUILD).await;
        let active = CaseFilter {
            active: true,
            ..CaseFilter::default()
        };
        let bans: Vec<NewCase> = (1..=5).map(|id| against(id, CaseKind::Ban)).collect();
        open(guild, bans).await;
        let first = page(guild, &active, Turn::First).await;
        assert_eq!(numbers(&first), [5, 4, 3], "{database:?}");
        for number in [1, 2] {
            let failed = guild.all_guilds().transaction(|db| {
                Box::pin(async move { db.guild(GUILD).cases().fail(number, 1, "x", "").await })
            });
            failed.await.expect("a case can fail");
        }
        let next = page(guild, &active, first.next.expect("a second page")).await;
        assert_eq!(numbers(&next), [5, 4, 3], "{database:?}");
        assert_eq!((next.number, next.pages), (1, 1), "{database:?}");
    }
}

#[tokio::test]
async fn the_tally_counts_what_passes_the_filter_by_kind_and_state() {
    for database in TestDatabase::all().await {
        let guild = database.guild(GUILD).await;
        let cases = vec![
            against(1, CaseKind::Warn),
            against(1, CaseKind::Ban),
            against(2, CaseKind::Warn),
            against(1, CaseKind::Warn),
        ];
        open(guild, cases).await;
        let of_one = CaseFilter {
            target_id: Some(1),
            ..CaseFilter::default()
        };
        let tally = |kind, state, count| Tally { kind, state, count };
        assert_eq!(
            guild.cases().tally(of_one).await.expect("a tally"),
            [
                tally(CaseKind::Ban, CaseState::Pending, 1),
                tally(CaseKind::Warn, CaseState::Done, 2),
            ],
            "{database:?}"
        );
    }
}

#[tokio::test]
async fn a_state_kept_under_its_digest_lives_on_whenever_it_is_kept_again() {
    const HOUR: Duration = Duration::from_hours(1);
    for database in TestDatabase::all().await {
        let states = database.db().ui_states();
        let keep = || {
            states.keep_same(
                "digest".to_owned(),
                Some(GUILD),
                1,
                "cases",
                json!({}),
                HOUR,
            )
        };
        keep().await.expect("it is kept");
        database.clock().advance(HOUR / 2);
        keep().await.expect("it is kept again");
        database.clock().advance(HOUR * 3 / 4);
        let kept = states.recall("digest").await.expect("an answer");
        assert!(kept.is_some(), "{database:?}");
        database.clock().advance(HOUR / 4);
        let gone = states.recall("digest").await.expect("an answer");
        assert!(gone.is_none(), "{database:?}");
        assert!(
            states
                .find("digest".to_owned())
                .await
                .expect("an answer")
                .is_some()
        );
    }
}
