//! What the handle, the server's tasks and the connections have in common.

use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::state::State;

/// The state and the signals around it. Lives as long as anyone has a handle or a connection.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Rises whenever something happened that somebody may wait for.
    progress: watch::Sender<u64>,
    stop: watch::Sender<bool>,
    address: SocketAddr,
    token: String,
}

impl Shared {
    pub(crate) fn new(state: State, address: SocketAddr, token: String) -> Self {
        Self {
            state: Mutex::new(state),
            progress: watch::Sender::new(0),
            stop: watch::Sender::new(false),
            address,
            token,
        }
    }

    /// The state as it is now. Never held across an `await`.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.pass_deadlines();
        state
    }

    /// Says that something happened.
    pub(crate) fn progress(&self) {
        self.progress.send_modify(|count| *count += 1);
    }

    /// Changes whenever something happened.
    #[cfg(feature = "web")]
    pub(crate) fn progress_signal(&self) -> watch::Receiver<u64> {
        self.progress.subscribe()
    }

    /// Waits until `done` holds; asks again whenever something happened.
    pub(crate) async fn wait_until(&self, done: impl Fn(&mut State) -> bool) {
        let mut progress = self.progress.subscribe();
        loop {
            // Seen before it is asked, so that nothing falls between the two.
            progress.borrow_and_update();
            if done(&mut self.lock()) {
                return;
            }
            if progress.changed().await.is_err() {
                return;
            }
        }
    }

    /// Waits until the next deadline passes, or until something happened that may have changed it.
    pub(crate) async fn next_deadline(&self) {
        let mut progress = self.progress.subscribe();
        progress.borrow_and_update();
        let next = self.lock().until_deadline();
        let happened = progress.changed();
        match next {
            // On a clock that stands this ends without effect, and at most once in three seconds.
            Some(time) => {
                let _early = tokio::time::timeout(time, happened).await;
            }
            // The sender is part of `self`, so that there is no error.
            None => {
                let _happened = happened.await;
            }
        }
    }

    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until the simulator is stopped.
    pub(crate) async fn stopped(&self) {
        let mut stop = self.stop.subscribe();
        // The sender is part of `self`, so that there is no error.
        let _stopped = stop.wait_for(|stopped| *stopped).await;
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn gateway_url(&self) -> String {
        format!("ws://{}", self.address)
    }
}
