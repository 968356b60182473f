//! What is owed, once each, and what becomes of it.

use std::time::Duration;

use controllers::{Attempt, Crud, Everything, Finish, Promise, Query};
use entity::value::{AttemptOutcome, ObligationKind, ObligationState};
use entity::{obligation, obligation_attempt};
use sea_orm::{ColumnTrait, prelude::Uuid};
use serde_json::json;
use test_support::{NOON, TestDatabase};

use super::commit;

pub(super) const LEASE: Duration = Duration::from_mins(1);

/// A direct message that is owed from noon on.
pub(super) fn promise(key: &str) -> Promise {
    Promise {
        id: Uuid::now_v7(),
        kind: ObligationKind::Dm,
        guild_id: Some(7),
        case_number: Some(1),
        subject_id: Some(60),
        payload: json!({ "text": key }),
        dedupe_key: key.to_owned(),
        after: None,
        due_at: None,
        nonce: None,
        held_by: None,
    }
}

pub(super) fn attempt(outcome: AttemptOutcome) -> Attempt {
    Attempt {
        outcome,
        took: Duration::from_millis(12),
        http: Some(200),
        discord_code: None,
        detail: None,
    }
}

pub(super) async fn promised(database: &TestDatabase, promise: Promise) -> obligation::Model {
    database.db().obligations().promise(promise).await.unwrap()
}

/// Claims the only obligation that is due.
pub(super) async fn claim(database: &TestDatabase, owner: &str) -> obligation::Model {
    let claimed = database
        .db()
        .obligations()
        .claim_due(owner, LEASE, 9, &[])
        .await;
    let [claimed] = <[_; 1]>::try_from(claimed.unwrap()).unwrap();
    claimed
}

pub(super) async fn finish(
    database: &TestDatabase,
    leased: &obligation::Model,
    attempt: Attempt,
    finish: Finish,
) -> bool {
    commit(database, async |guild| {
        let obligations = guild.all_guilds().obligations();
        obligations.finish(leased, attempt, finish, None).await
    })
    .await
    .unwrap()
}

async fn state(database: &TestDatabase, id: Uuid) -> ObligationState {
    database.db().obligations().get(id).await.unwrap().state
}

#[tokio::test]
async fn the_same_thing_is_promised_once() {
    for database in TestDatabase::all().await {
        let first = promised(&database, promise("dm:1")).await;
        assert_eq!(first.state, ObligationState::Pending);
        assert_eq!((first.due_at, first.attempts, first.version), (NOON, 0, 1));
        let again = database.db().obligations().promise(promise("dm:1")).await;
        let again = again.unwrap_err();
        assert!(
            again.is_unique("obligation_dedupe_key", &["dedupe_key"]),
            "{again:?}"
        );
        promised(&database, promise("dm:2")).await;
    }
}

#[tokio::test]
async fn an_attempt_ends_an_obligation_or_puts_it_off() {
    for database in TestDatabase::all().await {
        let ends = [
            (Finish::Done, ObligationState::Done, AttemptOutcome::Ok),
            (
                Finish::Failed,
                ObligationState::Failed,
                AttemptOutcome::Refused,
            ),
            (
                Finish::Cancelled,
                ObligationState::Cancelled,
                AttemptOutcome::Already,
            ),
        ];
        for (end, expected, outcome) in ends {
            let id = promised(&database, promise(expected.as_str())).await.id;
            let leased = claim(&database, "worker").await;
            assert_eq!((leased.id, leased.attempts), (id, 1));
            let told = Attempt {
                detail: Some("d".repeat(400)),
                discord_code: Some(50_007),
                ..attempt(outcome)
            };
            assert!(finish(&database, &leased, told, end).await);
            let ended = database.db().obligations().get(id).await.unwrap();
            assert_eq!((ended.state, ended.finished_at), (expected, Some(NOON)));
            assert_eq!((ended.lease_owner, ended.lease_until), (None, None));
            assert_eq!(ended.last_error, Some("d".repeat(300)));
            let attempts = database.db().global::<obligation_attempt::Entity>();
            let row = attempts.get((id, 1)).await.unwrap();
            assert_eq!((row.outcome, row.ms, row.http), (outcome, 12, Some(200)));
            assert_eq!((row.discord_code, row.at), (Some(50_007), NOON));
        }

        let id = promised(&database, promise("again")).await.id;
        let leased = claim(&database, "worker").await;
        let later = Finish::Again(NOON + LEASE);
        assert!(finish(&database, &leased, attempt(AttemptOutcome::Retry), later).await);
        let waiting = database.db().obligations().get(id).await.unwrap();
        assert_eq!(waiting.state, ObligationState::Pending);
        assert_eq!((waiting.due_at, waiting.finished_at), (NOON + LEASE, None));
        assert!(!database.db().obligations().any_due().await.unwrap());
        database.clock().advance(LEASE);
        assert_eq!(claim(&database, "worker").await.attempts, 2);
    }
}

#[tokio::test]
async fn a_rate_limit_is_no_attempt() {
    for database in TestDatabase::all().await {
        let id = promised(&database, promise("dm")).await.id;
        for _ in 0..3 {
            let leased = claim(&database, "worker").await;
            let limited = attempt(AttemptOutcome::Limited);
            let later = Finish::Again(database.clock().now());
            assert!(finish(&database, &leased, limited, later).await);
        }
        let waiting = database.db().obligations().get(id).await.unwrap();
        assert_eq!(waiting.attempts, 0);
        let attempts = database.db().global::<obligation_attempt::Entity>();
        assert_eq!(attempts.count(Everything).await.unwrap(), 0);

        let leased = claim(&database, "worker").await;
        assert!(
            finish(
                &database,
                &leased,
                attempt(AttemptOutcome::Ok),
                Finish::Done
            )
            .await
        );
        assert!(attempts.find((id, 1)).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_new_payload_is_kept_with_the_outcome() {
    for database in TestDatabase::all().await {
        let id = promised(&database, promise("dm")).await.id;
        let leased = claim(&database, "worker").await;
        commit(&database, async |guild| {
            let payload = Some(json!({ "sent": 12 }));
            let again = Finish::Again(NOON);
            let obligations = guild.all_guilds().obligations();
            obligations
                .finish(&leased, attempt(AttemptOutcome::Lost), again, payload)
                .await
        })
        .await
        .unwrap();
        let kept = database.db().obligations().get(id).await.unwrap();
        assert_eq!(kept.payload, json!({ "sent": 12 }));
    }
}

#[tokio::test]
async fn what_comes_after_another_waits_for_its_end_whatever_that_is() {
    for database in TestDatabase::all().await {
        let obligations = database.db().obligations();
        for end in [Finish::Done, Finish::Failed, Finish::Cancelled] {
            let name = format!("{end:?}");
            let first = promised(&database, promise(&format!("{name} 1"))).await;
            let second = Promise {
                after: Some(first.id),
                ..promise(&format!("{name} 2"))
            };
            let second = promised(&database, second).await;
            let third = Promise {
                after: Some(second.id),
                ..promise(&format!("{name} 3"))
            };
            let third = promised(&database, third).await;

            for expected in [first.id, second.id, third.id] {
                let leased = claim(&database, "worker").await;
                assert_eq!(leased.id, expected);
                assert!(!obligations.any_due().await.unwrap());
                assert_eq!(obligations.next_due(&[]).await.unwrap(), None);
                let done = attempt(AttemptOutcome::Ok);
                assert!(finish(&database, &leased, done, end.clone()).await);
            }
        }
    }
}

#[tokio::test]
async fn the_next_due_time_is_that_of_what_could_be_claimed_first() {
    for database in TestDatabase::all().await {
        let obligations = database.db().obligations();
        assert_eq!(obligations.next_due(&[]).await.unwrap(), None);
        let late = Promise {
            due_at: Some(NOON + 3 * LEASE),
            ..promise("late")
        };
        let late = promised(&database, late).await;
        assert_eq!(
            obligations.next_due(&[]).await.unwrap(),
            Some(NOON + 3 * LEASE)
        );
        let blocked = Promise {
            due_at: Some(NOON),
            after: Some(late.id),
            ..promise("blocked")
        };
        promised(&database, blocked).await;
        assert_eq!(
            obligations.next_due(&[]).await.unwrap(),
            Some(NOON + 3 * LEASE)
        );
        assert!(!obligations.any_due().await.unwrap());

        assert!(obligations.hasten(late.id).await.unwrap());
        assert_eq!(obligations.next_due(&[]).await.unwrap(), Some(NOON));
        assert!(obligations.any_due().await.unwrap());
        claim(&database, "worker").await;
        assert!(
            !obligations.hasten(late.id).await.unwrap(),
            "it does not wait"
        );
        assert!(!obligations.hasten(Uuid::nil()).await.unwrap());
    }
}

#[tokio::test]
async fn what_still_waits_for_a_case_can_be_moved_or_cancelled() {
    for database in TestDatabase::all().await {
        let obligations = database.db().obligations();
        let expire = |key: &str, case| Promise {
            kind: ObligationKind::Expire,
            case_number: Some(case),
            due_at: Some(NOON + LEASE),
            ..promise(key)
        };
        let waiting = promised(&database, expire("expire:1", 1)).await.id;
        let other_case = promised(&database, expire("expire:2", 2)).await.id;
        let other_guild = Promise {
            guild_id: Some(8),
            ..expire("expire:3", 1)
        };
        let other_guild = promised(&database, other_guild).await.id;
        let dm = promised(&database, promise("dm")).await.id;

        let later = NOON + 5 * LEASE;
        let moved = obligations
            .reschedule(7, 1, ObligationKind::Expire, later)
            .await;
        assert_eq!(moved.unwrap(), 1);
        let row = obligations.get(waiting).await.unwrap();
        assert_eq!(row.due_at, later);

        let kinds = [ObligationKind::Expire, ObligationKind::Renew];
        let cancelled = obligations.cancel(7, 1, &kinds, "lifted").await;
        assert_eq!(cancelled.unwrap(), 1);
        let again = obligations.cancel(7, 1, &kinds, "lifted").await;
        assert_eq!(again.unwrap(), 0);
        let row = obligations.get(waiting).await.unwrap();
        assert_eq!(row.state, ObligationState::Cancelled);
        assert_eq!(row.last_error.as_deref(), Some("lifted"));
        assert_eq!(row.finished_at, Some(NOON));
        for untouched in [other_case, other_guild, dm] {
            assert_eq!(state(&database, untouched).await, ObligationState::Pending);
        }
        let of_case = obligations.of_case(7, 1).await.unwrap();
        let ids: Vec<_> = of_case.iter().map(|row| row.id).collect();
        assert_eq!(ids, [waiting, dm]);
        let in_guild = obligation::Column::GuildId.eq(8);
        assert_eq!(obligations.count(in_guild).await.unwrap(), 1);
    }
}
