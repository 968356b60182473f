//! A runtime that ends together with what runs on it.

use super::StartError;
use std::{future::Future, io, time::Duration};
use tokio::runtime::{Builder, Runtime};

/// A bot waits more than it computes.
const MOST_THREADS: usize = 8;
/// How long a task may take to come to its next pause when the runtime ends.
const PATIENCE: Duration = Duration::from_secs(2);

/// A tokio runtime that can also be dropped inside another one.
pub(super) struct OwnRuntime(Option<Runtime>);

impl OwnRuntime {
    pub(super) fn new() -> io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let runtime = Builder::new_multi_thread()
            .worker_threads(cores.min(MOST_THREADS))
            .thread_name("rookery")
            .enable_all()
            .build()?;
        Ok(Self(Some(runtime)))
    }

    /// Runs something there and waits for it. Dropping the wait ends it.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, StartError> {
        let Some(runtime) = &self.0 else {
            return Err(StartError::Panicked);
        };
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn_on(work, runtime.handle());
        match tasks.join_next().await {
            Some(Ok(done)) => Ok(done),
            _ => Err(StartError::Panicked),
        }
    }

    /// Drops everything that runs there and waits until it is gone.
    pub(super) async fn end(mut self) {
        if let Some(runtime) = self.0.take() {
            let end = tokio::task::spawn_blocking(move || runtime.shutdown_timeout(PATIENCE));
            if end.await.is_err() {
                tracing::error!("the runtime of the bot did not end");
            }
        }
    }
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
