//! What failed is tried again, or given up.

use controllers::{Crud, Finish};
use entity::value::{
    AttemptOutcome, CaseEventKind, CaseKind, CaseState, ObligationKind, ObligationState,
};
use test_support::{NOON, TestDatabase};

use super::obligation::{LEASE, attempt, claim, finish, promise, promised};
use super::{case, commit};

#[tokio::test]
async fn a_failed_obligation_is_taken_on_again_and_keeps_its_attempts() {
    for database in TestDatabase::all().await {
        let id = promised(&database, promise("ban")).await.id;
        let obligations = database.db().obligations();
        let again = || obligations.revive(id, "me", LEASE, None);
        assert!(!again().await.unwrap(), "it has not failed");
        let leased = claim(&database, "worker").await;
        let refused = attempt(AttemptOutcome::Refused);
        assert!(finish(&database, &leased, refused, Finish::Failed).await);
        assert!(again().await.unwrap());
        assert!(!again().await.unwrap(), "once");
        let row = obligations.get(id).await.unwrap();
        assert_eq!(row.state, ObligationState::Leased);
        assert_eq!((row.attempts, row.finished_at), (1, None));
        let begun = obligations.begin(id, "me", LEASE).await.unwrap().unwrap();
        assert_eq!(begun.attempts, 2);
    }
}

#[tokio::test]
async fn what_is_given_up_is_never_taken_on_again() {
    for database in TestDatabase::all().await {
        let id = promised(&database, promise("ban")).await.id;
        let leased = claim(&database, "worker").await;
        let obligations = database.db().obligations();
        assert!(!obligations.give_up(id).await.unwrap());
        let refused = attempt(AttemptOutcome::Refused);
        assert!(finish(&database, &leased, refused, Finish::Failed).await);
        assert!(obligations.give_up(id).await.unwrap());
        assert!(!obligations.revive(id, "me", LEASE, None).await.unwrap());
        let row = obligations.get(id).await.unwrap();
        assert_eq!(row.state, ObligationState::Cancelled);
    }
}

#[tokio::test]
async fn only_what_was_cancelled_for_that_reason_comes_back() {
    for database in TestDatabase::all().await {
        let id = promised(&database, promise("dm")).await.id;
        let obligations = database.db().obligations();
        let kinds = [ObligationKind::Dm];
        assert_eq!(obligations.cancel(7, 1, &kinds, "failed").await.unwrap(), 1);
        let due = NOON + LEASE;
        let back = async |why| {
            let kind = ObligationKind::Dm;
            obligations.reinstate(7, 1, kind, why, due).await.unwrap()
        };
        assert_eq!(back("lifted").await, 0);
        assert_eq!(back("failed").await, 1);
        let row = obligations.get(id).await.unwrap();
        assert_eq!((row.state, row.due_at), (ObligationState::Pending, due));
    }
}

#[tokio::test]
async fn a_failed_case_waits_for_discord_again_and_says_who_asked() {
    for database in TestDatabase::all().await {
        database.guild(7).await;
        let retried = commit(&database, async |guild| {
            let cases = guild.cases();
            cases.open(vec![case(CaseKind::Ban)]).await?;
            assert_eq!(cases.retry(1, 5).await?, None, "it has not failed");
            cases.fail(1, 9, "hierarchy", "403").await?;
            cases.retry(1, 5).await
        })
        .await
        .unwrap()
        .unwrap();
        assert_eq!(retried.state, CaseState::Pending);
        assert_eq!((retried.error_code, retried.closed_at), (None, None));
        let events = database
            .db()
            .guild(7)
            .case_events()
            .timeline(1)
            .await
            .unwrap();
        let last = events.last().unwrap();
        assert_eq!((last.kind, last.actor_id), (CaseEventKind::Retried, 5));
        assert_eq!(last.seq, retried.event_seq);
    }
}
