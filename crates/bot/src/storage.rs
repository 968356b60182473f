//! Whether the database answers, which everybody knows as soon as one caller has found out.
//!
//! Whoever asks a database that is away waits as long as a connection may take. One such wait is
//! enough: later callers are refused at once, and a task asks until a transaction can begin again.

use crate::{
    failure::{Failure, Result},
    on_error::chain,
    tasks::Tasks,
};
use controllers::Error;
use service::Database;
use std::{fmt, future::Future, sync::Arc, time::Duration};
use tokio::{sync::watch, time};

/// How long a person's question may wait for the database: with the answer on top of it, three
/// seconds are not over.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long after a failed attempt the next one begins. A database that has returned serves again
/// within a second.
const AGAIN: Duration = Duration::from_millis(200);

/// Knows whether the database answers. Clones share what they know.
#[derive(Clone)]
pub struct Storage(Arc<Inner>);

struct Inner {
    database: Database,
    tasks: Tasks,
    away: watch::Sender<bool>,
}

impl Storage {
    /// A database that was just connected to.
    pub fn new(database: Database, tasks: Tasks) -> Self {
        Self(Arc::new(Inner {
            database,
            tasks,
            away: watch::Sender::new(false),
        }))
    }

    /// Asks something of the database that a person waits for. Nothing may depend on `call` running
    /// to its end: it is for reading.
    ///
    /// # Errors
    /// [`Failure::StorageAway`] at once while the database is known to be away, and after a second
    /// and a half without an answer. Other errors of `call` as they are.
    pub async fn ask<T>(
        &self,
        call: impl Future<Output = controllers::Result<T>> + Send,
    ) -> Result<T> {
        self.here()?;
        match time::timeout(PATIENCE, call).await {
            Ok(Err(error)) if is_absence(&error) => self.lost(&error),
            Ok(done) => return Ok(done?),
            Err(late) => self.lost(&late),
        }
        Err(Failure::StorageAway)
    }

    /// Refuses while the database is known to be away.
    ///
    /// # Errors
    /// [`Failure::StorageAway`].
    pub fn here(&self) -> Result {
        if self.is_away() {
            return Err(Failure::StorageAway);
        }
        Ok(())
    }

    /// Whether the database is known to be away.
    pub fn is_away(&self) -> bool {
        *self.0.away.borrow()
    }

    /// Waits until the database answers.
    pub async fn returned(&self) {
        let mut away = self.0.away.subscribe();
        // The sender lives as long as `self`.
        drop(away.wait_for(|away| !*away).await);
    }

    /// Takes note of how something ended that did not go through [`Storage::ask`].
    pub(crate) fn note(&self, failure: &Failure) {
        if let Failure::Data(error) = failure
            && is_absence(error)
        {
            self.lost(error);
        }
    }

    fn lost(&self, error: &(dyn std::error::Error + 'static)) {
        if self.0.away.send_replace(true) {
            return;
        }
        tracing::error!(
            error = chain(error),
            "the database does not answer; nothing that needs it is done until it returns"
        );
        self.0.tasks.spawn("storage", self.clone().await_return());
    }

    /// A transaction that can begin is what everything else needs: a connection, to a server that
    /// may be written to.
    async fn await_return(self) {
        loop {
            time::sleep(AGAIN).await;
            let begun = async { self.0.database.begin().await?.rollback().await };
            if let Ok(Ok(())) = time::timeout(PATIENCE, begun).await {
                break;
            }
        }
        self.0.away.send_replace(false);
        tracing::info!("the database answers again");
    }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Storage")
            .field("away", &self.is_away())
            .finish_non_exhaustive()
    }
}

/// Whether this says that no connection can be had; one slow statement does not.
fn is_absence(error: &Error) -> bool {
    matches!(
        error,
        Error::Connection(_) | Error::CommitUnknown(_) | Error::PoolTimeout
    )
}
