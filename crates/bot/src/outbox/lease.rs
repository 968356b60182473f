//! Holding a lease for as long as an attempt takes, and letting go of the attempt when it is lost.

use super::Outbox;
use entity::obligation::Model;
use std::{
    future::{Future, poll_fn},
    task::Poll,
    time::{Duration, Instant},
};

impl Outbox {
    /// Runs an attempt for as long as this process holds the obligation. The lease is renewed while it
    /// runs. `None`: the lease was lost, and the attempt was dropped where it stood; whoever has the
    /// obligation now finds out how far it came.
    ///
    /// A process that was stopped for longer than its lease looks at the time before anything else
    /// when it goes on, so that it sends nothing more.
    pub(super) async fn holding<T>(
        &self,
        obligation: &Model,
        attempt: impl Future<Output = T>,
    ) -> Option<T> {
        let deadline = Deadline::after(self.lease);
        let overdue = poll_fn(|_| {
            if deadline.has_passed() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        });
        tokio::select! {
            biased;
            () = overdue => None,
            () = self.lost(obligation, &deadline) => None,
            done = attempt => Some(done),
        }
    }

    /// Renews a lease again and again. Resolves when it is lost.
    async fn lost(&self, obligation: &Model, deadline: &Deadline) {
        let obligations = self.database.db().obligations();
        loop {
            tokio::time::sleep(self.lease / 3).await;
            let asked = Instant::now();
            match obligations.renew(obligation, self.lease).await {
                Ok(true) => deadline.move_to(asked + self.lease),
                Ok(false) => return,
                // The database is away. Until the lease has run out nobody else may act.
                Err(error) if deadline.has_passed() => {
                    tracing::warn!(obligation.id = %obligation.id, %error, "lease not renewed in time");
                    return;
                }
                Err(_) => {}
            }
        }
    }
}

/// The time by which a lease has to be renewed, on the computer's own clock.
struct Deadline(std::sync::Mutex<Instant>);

impl Deadline {
    fn after(time: Duration) -> Self {
        Self(std::sync::Mutex::new(Instant::now() + time))
    }

    fn move_to(&self, time: Instant) {
        *self.lock() = time;
    }

    fn has_passed(&self) -> bool {
        *self.lock() <= Instant::now()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Instant> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
