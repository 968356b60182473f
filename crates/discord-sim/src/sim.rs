//! The handle: start a simulator, act in it, look at it, harm it.

mod builder;
mod harm;
mod look;
mod quiet;

use std::net::SocketAddr;
use std::sync::Arc;

pub use builder::{SimBuilder, StartError};
pub(crate) use quiet::settle;
use tokio::sync::watch;

use crate::act::Act;
use crate::clock::SimClock;
use crate::edit::Edit;
use crate::refusal::Refusal;
use crate::shared::Shared;

/// A running simulator. Clones are handles to the same one.
///
/// It runs on the tokio runtime on which it was started, until [`stop`](Self::stop) or until that
/// runtime ends.
#[derive(Clone, Debug)]
pub struct Sim {
    pub(crate) shared: Arc<Shared>,
    clock: SimClock,
    address: SocketAddr,
    /// Becomes true when the port is closed.
    ended: watch::Receiver<bool>,
}

impl Sim {
    /// Begins to describe a simulator.
    pub fn builder() -> SimBuilder {
        SimBuilder::default()
    }

    /// What a person does. It has taken effect when this returns; what the bot makes of it has not:
    /// for that, see [`settled`](Self::settled).
    ///
    /// # Errors
    /// A [`Refusal`] with what Discord's client would say.
    #[expect(
        clippy::unused_async,
        reason = "part of a story that is awaited line by line"
    )]
    pub async fn perform(&self, act: &Act) -> Result<(), Refusal> {
        let done = self.shared.lock().perform(act);
        self.shared.progress();
        done
    }

    /// Changes the world otherwise than by typing.
    ///
    /// # Errors
    /// A [`Refusal`] when the person may not do it, or when a name is unknown.
    pub fn mutate(&self, edit: &Edit) -> Result<(), Refusal> {
        let done = self.shared.lock().apply(edit);
        self.shared.progress();
        done
    }

    /// Gives a role exactly these permissions.
    ///
    /// # Errors
    /// [`Refusal::UnknownRole`].
    pub fn set_permissions(&self, role: &str, bits: u64) -> Result<(), Refusal> {
        self.shared.lock().edit_role_bits(role, bits)
    }

    /// Whether a person takes direct messages from the bot.
    ///
    /// # Errors
    /// [`Refusal::UnknownPerson`].
    pub fn set_dms_open(&self, person: &str, open: bool) -> Result<(), Refusal> {
        let mut state = self.shared.lock();
        let id = state.person_named(person)?;
        if let Some(user) = state.users.get_mut(&id) {
            user.dms_open = open;
        }
        Ok(())
    }

    /// Ends the simulator: closes the port and every connection.
    pub async fn stop(mut self) {
        self.shared.stop();
        // An error means that the server's task is gone already.
        let _gone = self.ended.wait_for(|ended| *ended).await;
    }
}
