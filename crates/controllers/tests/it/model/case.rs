//! The life of a case.

use std::time::Duration;

use controllers::{CaseEdit, Crud, Error, Everything, NewEvent, Query, verify_chain};
use entity::mod_case;
use entity::value::{CaseEventKind, CaseFamily, CaseKind, CaseState};
use service::Retry;
use test_support::{NOON, TestDatabase};

use super::{MODERATOR, TARGET, case, commit};

const HOUR: Duration = Duration::from_hours(1);
const BOT: i64 = 99;

/// Records one case.
async fn open(database: &TestDatabase, kind: CaseKind) -> mod_case::Model {
    try_open(database, case(kind)).await.unwrap()
}

async fn try_open(
    database: &TestDatabase,
    case: controllers::NewCase,
) -> Result<mod_case::Model, Error> {
    let opened = commit(database, async |guild| guild.cases().open(vec![case]).await).await?;
    Ok(opened.into_iter().next().unwrap())
}

/// The kinds of the events of a case, which are numbered without gaps, counted by the case and
/// chained by their hashes.
async fn history(database: &TestDatabase, number: i64) -> Vec<CaseEventKind> {
    let guild = database.db().guild(7);
    let events = guild.case_events().timeline(number).await.unwrap();
    verify_chain(&events).unwrap();
    let case = guild.cases().get((7, number)).await.unwrap();
    assert_eq!(case.event_seq, i64::try_from(events.len()).unwrap());
    events.into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn cases_get_their_numbers_in_order_and_a_first_event_each() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let kinds = [
            CaseKind::Ban,
            CaseKind::Warn,
            CaseKind::Snippetban,
            CaseKind::Kick,
        ];
        let cases = kinds.map(case).to_vec();
        let opened = commit(&database, async |guild| guild.cases().open(cases).await)
            .await
            .unwrap();
        let seen: Vec<_> = opened
            .iter()
            .map(|case| (case.number, case.kind, case.state, case.effective_at))
            .collect();
        let expected = [
            (1, CaseKind::Ban, CaseState::Pending, None),
            (2, CaseKind::Warn, CaseState::Done, Some(NOON)),
            (3, CaseKind::Snippetban, CaseState::Active, Some(NOON)),
            (4, CaseKind::Kick, CaseState::Pending, None),
        ];
        assert_eq!(seen, expected);
        for case in opened {
            assert_eq!(
                history(&database, case.number).await,
                [CaseEventKind::Created]
            );
        }
        let none = commit(&database, async |guild| {
            guild.cases().open(Vec::new()).await
        })
        .await;
        assert!(none.unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_discord_confirms_is_in_force_or_done_and_confirming_twice_changes_nothing() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        for (kind, state) in [
            (CaseKind::Ban, CaseState::Active),
            (CaseKind::Kick, CaseState::Done),
        ] {
            let number = open(&database, kind).await.number;
            database.clock().advance(HOUR);
            let confirm = async || {
                commit(&database, async |guild| {
                    guild.cases().confirm(number, BOT).await
                })
                .await
                .unwrap()
            };
            let (confirmed, lifted) = confirm().await;
            assert_eq!(confirmed.state, state);
            assert_eq!(confirmed.effective_at, Some(database.clock().now()));
            assert_eq!(lifted, None);
            database.clock().advance(HOUR);
            assert_eq!(confirm().await, (confirmed, None));
            let expected = [CaseEventKind::Created, CaseEventKind::Effective];
            assert_eq!(history(&database, number).await, expected);
        }
    }
}

#[tokio::test]
async fn a_failed_case_keeps_its_number_says_why_and_makes_room_for_the_next() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let first = open(&database, CaseKind::Ban).await;
        let code = "c".repeat(60);
        let fail = async || {
            commit(&database, async |guild| {
                guild
                    .cases()
                    .fail(first.number, BOT, &code, "no such user")
                    .await
            })
            .await
            .unwrap()
        };
        let failed = fail().await;
        assert_eq!((failed.number, failed.state), (1, CaseState::Failed));
        assert_eq!(failed.error_code, Some("c".repeat(40)));
        assert_eq!(failed.closed_at, Some(NOON));
        assert_eq!(fail().await, failed, "failing twice changes nothing");
        let (same, _) = commit(&database, async |guild| guild.cases().confirm(1, BOT).await)
            .await
            .unwrap();
        assert_eq!(same, failed, "what has failed is not confirmed any more");
        assert_eq!(
            history(&database, 1).await,
            [CaseEventKind::Created, CaseEventKind::Failed]
        );
        assert_eq!(open(&database, CaseKind::Ban).await.number, 2);
    }
}

#[tokio::test]
async fn a_second_sanction_of_a_family_is_a_unique_violation_by_name_and_by_columns() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        open(&database, CaseKind::Ban).await;
        for kind in [CaseKind::Ban, CaseKind::Tempban, CaseKind::Softban] {
            let clash = try_open(&database, case(kind)).await.unwrap_err();
            let columns = ["guild_id", "target_id", "family"];
            assert!(
                clash.is_unique("mod_case_sanction_key", &columns),
                "{clash:?}"
            );
        }
        let cases = database.db().guild(7).cases();
        assert_eq!(cases.count(Everything).await.unwrap(), 1);
        let holder = cases.open_sanction(TARGET, CaseFamily::Ban).await.unwrap();
        assert_eq!(holder.unwrap().number, 1);
        let none = cases.open_sanction(TARGET, CaseFamily::Timeout).await;
        assert_eq!(none.unwrap(), None);

        // Another family, another person, and kinds that hold no place.
        assert_eq!(open(&database, CaseKind::Timeout).await.number, 2);
        let mut other = case(CaseKind::Ban);
        other.target.id += 1;
        assert_eq!(try_open(&database, other).await.unwrap().number, 3);
        assert_eq!(open(&database, CaseKind::Warn).await.number, 4);
        assert_eq!(open(&database, CaseKind::Warn).await.number, 5);

        // Two kicks at once: the other index.
        open(&database, CaseKind::Kick).await;
        let clash = try_open(&database, case(CaseKind::Kick)).await.unwrap_err();
        let columns = ["guild_id", "target_id", "kind"];
        assert!(
            clash.is_unique("mod_case_pending_key", &columns),
            "{clash:?}"
        );
    }
}

#[tokio::test]
async fn a_confirmed_unban_lifts_the_ban_once() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let ban = open(&database, CaseKind::Ban).await.number;
        commit(&database, async |guild| {
            guild.cases().confirm(ban, BOT).await
        })
        .await
        .unwrap();
        let unban = open(&database, CaseKind::Unban).await.number;
        let confirm = async || {
            commit(&database, async |guild| {
                guild.cases().confirm(unban, BOT).await
            })
            .await
            .unwrap()
        };
        let (confirmed, lifted) = confirm().await;
        assert_eq!(confirmed.state, CaseState::Done);
        let lifted = lifted.unwrap();
        assert_eq!((lifted.number, lifted.state), (ban, CaseState::Lifted));
        assert_eq!(lifted.closed_by, Some(unban));
        assert_eq!(lifted.closed_at, Some(NOON));
        assert_eq!(confirm().await, (confirmed, None));
        assert_eq!(
            history(&database, ban).await,
            [
                CaseEventKind::Created,
                CaseEventKind::Effective,
                CaseEventKind::Lifted
            ]
        );
        assert_eq!(open(&database, CaseKind::Ban).await.number, 3);
    }
}

#[tokio::test]
async fn a_case_expires_when_its_time_is_up_and_only_then() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let timed = controllers::NewCase {
            expires_at: Some(NOON + HOUR),
            ..case(CaseKind::Timeout)
        };
        let number = try_open(&database, timed).await.unwrap().number;
        let expire = async || {
            commit(&database, async |guild| {
                guild.cases().expire(number, BOT).await
            })
            .await
            .unwrap()
        };
        database.clock().advance(2 * HOUR);
        assert_eq!(expire().await, None, "it is not in force yet");
        commit(&database, async |guild| {
            guild.cases().confirm(number, BOT).await
        })
        .await
        .unwrap();
        let later = CaseEdit {
            expires_at: Some(Some(NOON + 3 * HOUR)),
            ..CaseEdit::default()
        };
        commit(&database, async |guild| {
            guild.cases().edit(number, MODERATOR, later).await
        })
        .await
        .unwrap();
        assert_eq!(expire().await, None, "its end was moved");

        database.clock().advance(HOUR);
        let expired = expire().await.unwrap();
        assert_eq!(expired.state, CaseState::Expired);
        assert_eq!(expired.closed_at, Some(NOON + 3 * HOUR));
        assert_eq!(expire().await, None, "only once");
        assert_eq!(
            history(&database, number).await,
            [
                CaseEventKind::Created,
                CaseEventKind::Effective,
                CaseEventKind::Edited,
                CaseEventKind::Expired
            ]
        );
    }
}

#[tokio::test]
async fn an_edit_records_what_it_replaced_and_one_that_changes_nothing_is_no_event() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let number = open(&database, CaseKind::Warn).await.number;
        let edit = async |reason: &str| {
            let edit = CaseEdit {
                reason: Some(reason.to_owned()),
                ..CaseEdit::default()
            };
            commit(&database, async |guild| {
                guild.cases().edit(number, MODERATOR, edit).await
            })
            .await
        };
        let (edited, changed) = edit("advertising").await.unwrap();
        assert!(changed);
        assert_eq!(edited.reason, "advertising");
        let (same, changed) = edit("advertising").await.unwrap();
        assert!(!changed);
        assert_eq!(same, edited);
        assert_eq!(
            history(&database, number).await,
            [CaseEventKind::Created, CaseEventKind::Edited]
        );
        let events = database.db().guild(7).case_events().timeline(number).await;
        let texts = &events.unwrap()[1].data["texts"];
        assert_eq!(texts["reason_before"], "spam");
        assert_eq!(texts["reason"], "advertising");

        let too_long = edit(&"x".repeat(1_001)).await.unwrap_err();
        assert!(
            matches!(
                too_long,
                Error::Invalid {
                    column: "reason",
                    ..
                }
            ),
            "{too_long}"
        );
        assert_eq!(
            history(&database, number).await.len(),
            2,
            "nothing is left of it"
        );
        edit(&"ü".repeat(1_000)).await.unwrap();
    }
}

#[tokio::test]
async fn an_end_before_the_beginning_is_refused() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let past = controllers::NewCase {
            expires_at: Some(NOON - HOUR),
            ..case(CaseKind::Tempban)
        };
        let refused = try_open(&database, past).await.unwrap_err();
        assert!(
            matches!(&refused, Error::Constraint { name: Some(name), .. } if name == "mod_case_expiry_check"),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_note_appends_an_event_and_may_tell_where_the_log_message_stands() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let number = open(&database, CaseKind::Warn).await.number;
        let noted = commit(&database, async |guild| {
            let event = NewEvent::of(CaseEventKind::Logged, BOT);
            guild.cases().note(number, event, Some((11, 12))).await
        })
        .await
        .unwrap();
        assert_eq!(
            (noted.log_channel_id, noted.log_message_id),
            (Some(11), Some(12))
        );
        let noted = commit(&database, async |guild| {
            let event =
                NewEvent::of(CaseEventKind::Dm, BOT).with_facts(serde_json::json!({ "ok": true }));
            guild.cases().note(number, event, None).await
        })
        .await
        .unwrap();
        assert_eq!(noted.log_message_id, Some(12), "it stays where it was");
        assert_eq!(
            history(&database, number).await,
            [
                CaseEventKind::Created,
                CaseEventKind::Logged,
                CaseEventKind::Dm
            ]
        );
    }
}

#[tokio::test]
async fn concurrent_notes_on_a_case_leave_no_gap_in_its_events() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let number = open(&database, CaseKind::Warn).await.number;
        let writers: Vec<_> = (0..16)
            .map(|_| {
                let database = (*database).clone();
                tokio::spawn(async move {
                    let noted = database.transaction(Retry::DEFAULT, |db| {
                        Box::pin(async move {
                            let event = NewEvent::of(CaseEventKind::Commented, MODERATOR)
                                .with_text("comment", "seen");
                            db.guild(7).cases().note(number, event, None).await
                        })
                    });
                    noted.await.unwrap();
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(history(&database, number).await.len(), 17, "{database:?}");
    }
}

#[tokio::test]
async fn a_case_that_does_not_exist_is_not_found_by_any_verb() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let refused = commit(&database, async |guild| {
            let cases = guild.cases();
            let event = NewEvent::of(CaseEventKind::Commented, MODERATOR);
            Ok([
                cases.confirm(9, BOT).await.map(drop),
                cases.fail(9, BOT, "x", "y").await.map(drop),
                cases.expire(9, BOT).await.map(drop),
                cases.edit(9, BOT, CaseEdit::default()).await.map(drop),
                cases.note(9, event, None).await.map(drop),
            ])
        })
        .await
        .unwrap();
        for error in refused.map(Result::unwrap_err) {
            assert_eq!(error.to_string(), "mod_case 9 does not exist");
        }
    }
}

#[tokio::test]
async fn what_failed_does_not_count() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        open(&database, CaseKind::Warn).await;
        open(&database, CaseKind::Warn).await;
        let kick = open(&database, CaseKind::Kick).await.number;
        let cases = database.db().guild(7).cases();
        assert_eq!(cases.count_of(TARGET, CaseKind::Warn).await.unwrap(), 2);
        assert_eq!(cases.count_of(TARGET + 1, CaseKind::Warn).await.unwrap(), 0);
        assert_eq!(cases.count_of(TARGET, CaseKind::Kick).await.unwrap(), 0);
        commit(&database, async |guild| {
            guild.cases().confirm(kick, BOT).await
        })
        .await
        .unwrap();
        assert_eq!(cases.count_of(TARGET, CaseKind::Kick).await.unwrap(), 1);
    }
}
