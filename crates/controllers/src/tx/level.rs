//! One level of a transaction: the transaction itself, or a savepoint in it.

use super::DbResult;
use crate::Session;
use futures_util::future::BoxFuture;
use sea_orm::DbErr;
use std::{
    fmt,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::sync::{Mutex, MutexGuard, oneshot};

type Held<'s> = MutexGuard<'s, Box<dyn Session>>;

/// The connection as its levels share it.
struct Shared {
    session: Mutex<Box<dyn Session>>,
    /// A level that was dropped while somebody else held the session is undone by whoever holds it next: down to
    /// this depth.
    owed: AtomicUsize,
}

/// No rollback is owed.
const NOTHING: usize = usize::MAX;

impl Shared {
    async fn hold(&self) -> Held<'_> {
        let mut session = self.session.lock().await;
        let depth = self.owed.swap(NOTHING, Ordering::AcqRel);
        while session.depth() > depth {
            session.start_rollback();
        }
        session
    }
}

/// A depth of a session. Dropping it undoes whatever is as deep or deeper.
pub(super) struct Level {
    shared: Arc<Shared>,
    depth: usize,
}

impl Level {
    pub(super) fn outermost(session: Box<dyn Session>) -> Self {
        Self {
            depth: session.depth(),
            shared: Arc::new(Shared {
                session: Mutex::new(session),
                owed: AtomicUsize::new(NOTHING),
            }),
        }
    }

    /// Runs a statement at this level. When it is dropped before its answer, `failed` says so.
    pub(super) async fn statement<T>(
        &self,
        failed: &OnceLock<DbErr>,
        call: impl for<'s> FnOnce(&'s mut dyn Session) -> BoxFuture<'s, DbResult<T>>,
    ) -> DbResult<T> {
        let mut session = self.shared.hold().await;
        self.require_turn(&**session)?;
        let unanswered = Unanswered(failed);
        let result = call(&mut **session).await;
        std::mem::forget(unanswered);
        result
    }

    /// Opens a savepoint below this level, and tells its level. When nobody hears it, it is undone again.
    pub(super) fn deepen(
        &self,
        told: oneshot::Sender<DbResult<Self>>,
    ) -> impl Future<Output = ()> + Send + 'static {
        let (shared, depth) = (Arc::clone(&self.shared), self.depth);
        async move {
            let mut session = shared.hold().await;
            let opened = match require_turn(&**session, depth) {
                Ok(()) => session.savepoint().await,
                refused => refused,
            };
            let level = opened.map(|()| Self {
                shared: Arc::clone(&shared),
                depth: depth + 1,
            });
            // While the session is held, so that no other statement comes between a level nobody hears of and its end.
            drop(told.send(level));
        }
    }

    pub(super) async fn commit(self) -> DbResult<()> {
        let mut session = self.shared.hold().await;
        self.require_turn(&**session)?;
        session.commit().await
    }

    pub(super) async fn rollback(self) -> DbResult<()> {
        let mut session = self.shared.hold().await;
        while session.depth() >= self.depth {
            session.rollback().await?;
        }
        Ok(())
    }

    fn require_turn(&self, session: &dyn Session) -> DbResult<()> {
        require_turn(session, self.depth)
    }
}

/// Whether a session is exactly as deep as whoever wants to use it.
fn require_turn(session: &dyn Session, depth: usize) -> DbResult<()> {
    match session.depth() {
        found if found == depth => Ok(()),
        found if found > depth => Err(refusal(
            "a savepoint of the transaction is open; use that or end it first",
        )),
        _ => Err(refusal("the transaction has ended")),
    }
}

fn refusal(why: &str) -> DbErr {
    DbErr::Custom(why.to_owned())
}

impl Drop for Level {
    fn drop(&mut self) {
        if let Ok(mut session) = self.shared.session.try_lock() {
            while session.depth() >= self.depth {
                session.start_rollback();
            }
        } else {
            // Not a statement of an outer level: those are refused while this one is open.
            let owed = &self.shared.owed;
            owed.fetch_min(self.depth - 1, Ordering::AcqRel);
        }
    }
}

impl fmt::Debug for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Level").field(&self.depth).finish()
    }
}

/// A statement on its way. Dropped, it fails its transaction.
struct Unanswered<'t>(&'t OnceLock<DbErr>);

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        // An earlier failure is as good a reason.
        drop(
            self.0
                .set(refusal("a statement of the transaction was given up")),
        );
    }
}
