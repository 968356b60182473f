//! Who works on an obligation: one at a time, for as long as a lease.

use std::collections::BTreeSet;

use controllers::{Crud, Finish, Promise};
use entity::value::{AttemptOutcome, ObligationState};
use sea_orm::prelude::Uuid;
use test_support::{NOON, TestDatabase};

use super::obligation::{LEASE, attempt, claim, finish, promise, promised};

#[tokio::test]
async fn what_is_due_is_claimed_earliest_first_and_never_more_than_was_asked_for() {
    for database in TestDatabase::all().await {
        let obligations = database.db().obligations();
        // Promised in another order than that of their times.
        for minute in [5, 1, 4, 8, 2, 7, 3, 6, 9] {
            let due = Promise {
                due_at: Some(NOON + minute * LEASE),
                ..promise(&minute.to_string())
            };
            promised(&database, due).await;
        }
        database.clock().advance(7 * LEASE);
        let mut claimed = Vec::new();
        for expected in [3, 3, 1, 0] {
            let batch = obligations
                .claim_due("worker", LEASE, 3, &[])
                .await
                .unwrap();
            assert_eq!(batch.len(), expected, "{database:?}");
            for obligation in &batch {
                assert_eq!(obligation.state, ObligationState::Leased);
                assert_eq!(obligation.lease_owner.as_deref(), Some("worker"));
                assert_eq!(obligation.lease_until, Some(NOON + 8 * LEASE));
                assert_eq!(obligation.attempts, 1);
            }
            claimed.extend(batch.into_iter().map(|row| row.dedupe_key));
        }
        assert_eq!(claimed.join(" "), "1 2 3 4 5 6 7");
    }
}

/// P27: the functions of the dialect that find and lock what is due return rows on both.
#[tokio::test]
async fn concurrent_workers_never_get_the_same_and_together_get_all() {
    for database in TestDatabase::all().await {
        for n in 0..60 {
            promised(&database, promise(&n.to_string())).await;
        }
        let workers: Vec<_> = (0..6)
            .map(|n| {
                let database = (*database).clone();
                tokio::spawn(async move {
                    let owner = format!("worker {n}");
                    let mut mine = Vec::new();
                    loop {
                        let obligations = database.db().obligations();
                        let batch = obligations.claim_due(&owner, LEASE, 4, &[]).await.unwrap();
                        assert!(batch.len() <= 4);
                        if batch.is_empty() && !obligations.any_due().await.unwrap() {
                            return mine;
                        }
                        mine.extend(batch.into_iter().map(|row| row.id));
                    }
                })
            })
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.unwrap());
        }
        let different: BTreeSet<Uuid> = all.iter().copied().collect();
        assert_eq!((all.len(), different.len()), (60, 60), "{database:?}");
    }
}

#[tokio::test]
async fn an_expired_lease_is_taken_over_and_the_slow_worker_can_no_longer_finish() {
    for database in TestDatabase::all().await {
        let id = promised(&database, promise("dm")).await.id;
        let slow = claim(&database, "slow").await;
        let obligations = database.db().obligations();
        database.clock().advance(LEASE);
        let early = obligations.claim_due("quick", LEASE, 9, &[]).await.unwrap();
        assert!(early.is_empty(), "the lease is good to its end");

        database.clock().advance(LEASE);
        let quick = claim(&database, "quick").await;
        assert_eq!((quick.id, quick.attempts), (id, 2));
        let done = || attempt(AttemptOutcome::Ok);
        assert!(!finish(&database, &slow, done(), Finish::Failed).await);
        let row = obligations.get(id).await.unwrap();
        assert_eq!(row, quick, "nothing was written");
        assert!(finish(&database, &quick, done(), Finish::Done).await);
        assert!(
            !finish(&database, &quick, done(), Finish::Done).await,
            "once"
        );
    }
}

#[tokio::test]
async fn the_same_worker_cannot_finish_an_earlier_attempt_either() {
    for database in TestDatabase::all().await {
        promised(&database, promise("dm")).await;
        let first = claim(&database, "worker").await;
        database.clock().advance(2 * LEASE);
        let second = claim(&database, "worker").await;
        let done = || attempt(AttemptOutcome::Ok);
        assert!(!finish(&database, &first, done(), Finish::Done).await);
        assert!(finish(&database, &second, done(), Finish::Done).await);
    }
}

#[tokio::test]
async fn what_is_promised_to_a_worker_is_begun_by_that_one() {
    for database in TestDatabase::all().await {
        let held = Promise {
            held_by: Some(("mine".to_owned(), LEASE)),
            ..promise("dm")
        };
        let id = promised(&database, held).await.id;
        let obligations = database.db().obligations();
        assert!(!obligations.any_due().await.unwrap());
        let other = obligations.begin(id, "other", LEASE).await.unwrap();
        assert_eq!(other, None);

        database.clock().advance(LEASE / 2);
        let begun = obligations.begin(id, "mine", LEASE).await.unwrap().unwrap();
        assert_eq!(begun.attempts, 1);
        assert_eq!(begun.lease_until, Some(NOON + LEASE + LEASE / 2));
        let done = attempt(AttemptOutcome::Ok);
        assert!(finish(&database, &begun, done, Finish::Done).await);
        assert_eq!(obligations.begin(id, "mine", LEASE).await.unwrap(), None);
    }
}

#[tokio::test]
async fn leases_are_given_back_one_by_one_by_owner_or_all_at_once() {
    for database in TestDatabase::all().await {
        let obligations = database.db().obligations();
        for (key, owner) in [("1", "a"), ("2", "a"), ("3", "b"), ("4", "b")] {
            let held = Promise {
                held_by: Some((owner.to_owned(), LEASE)),
                ..promise(key)
            };
            promised(&database, held).await;
        }
        let due = async || {
            let claimed = obligations.claim_due("c", LEASE, 9, &[]).await.unwrap();
            let keys: Vec<_> = claimed.iter().map(|row| row.dedupe_key.clone()).collect();
            let ids: Vec<_> = claimed.iter().map(|row| row.id).collect();
            (keys.join(" "), ids)
        };
        assert_eq!(due().await.0, "");

        let all = obligations.of_case(7, 1).await.unwrap();
        let ids: Vec<_> = all.iter().map(|row| row.id).collect();
        assert_eq!(obligations.give_back(&ids[..3], "a").await.unwrap(), 2);
        assert_eq!(obligations.give_back(&[], "a").await.unwrap(), 0);
        let (keys, claimed) = due().await;
        assert_eq!(keys, "1 2");
        assert_eq!(obligations.give_back(&claimed, "b").await.unwrap(), 0);

        assert_eq!(obligations.release(Some("b")).await.unwrap(), 2);
        assert_eq!(due().await.0, "3 4");
        assert_eq!(obligations.release(None).await.unwrap(), 4);
        assert_eq!(due().await.0, "1 2 3 4");
    }
}

#[tokio::test]
async fn a_lease_is_renewed_by_its_holder_and_by_nobody_who_was_overtaken() {
    for database in TestDatabase::all().await {
        promised(&database, promise("dm")).await;
        let first = claim(&database, "worker").await;
        let obligations = database.db().obligations();
        database.clock().advance(LEASE / 2);
        assert!(obligations.renew(&first, LEASE).await.unwrap());
        database.clock().advance(LEASE / 2 + LEASE / 4);
        let others = obligations.claim_due("other", LEASE, 9, &[]).await.unwrap();
        assert!(others.is_empty(), "renewed");

        database.clock().advance(LEASE);
        let second = claim(&database, "worker").await;
        assert!(
            !obligations.renew(&first, LEASE).await.unwrap(),
            "the same worker, but an earlier attempt"
        );
        assert!(obligations.renew(&second, LEASE).await.unwrap());
    }
}

#[tokio::test]
async fn busy_guilds_are_left_out_and_work_without_a_guild_is_not() {
    for database in TestDatabase::all().await {
        for (key, guild_id) in [("a", Some(7)), ("b", Some(8)), ("c", None)] {
            let owed = Promise {
                guild_id,
                ..promise(key)
            };
            promised(&database, owed).await;
        }
        let obligations = database.db().obligations();
        let claimed = obligations.claim_due("w", LEASE, 9, &[7]).await.unwrap();
        let keys: Vec<_> = claimed.iter().map(|row| row.dedupe_key.as_str()).collect();
        assert_eq!(keys, ["b", "c"], "{database:?}");
    }
}
