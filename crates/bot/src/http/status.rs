//! What there is to tell, as the bot grows from its start to its end.

use crate::{
    data::Data,
    gateway::{Intake, Pulse},
    tasks::Tasks,
};
use std::{
    fmt,
    sync::{Arc, OnceLock},
};

/// What the HTTP server looks at. Clones share it.
#[derive(Clone)]
pub struct Status(Arc<Inner>);

struct Inner {
    tasks: Tasks,
    running: OnceLock<Running>,
}

/// The parts of a bot that has come so far.
pub(super) struct Running {
    pub(super) data: Data,
    pub(super) intake: Intake,
    pub(super) pulse: Pulse,
}

impl Status {
    /// Of a bot that has just begun to start.
    pub fn starting(tasks: Tasks) -> Self {
        Self(Arc::new(Inner {
            tasks,
            running: OnceLock::new(),
        }))
    }

    /// The bot has its database and is about to connect to Discord.
    pub fn started(&self, data: Data, intake: Intake, pulse: Pulse) {
        // A bot starts once.
        drop(self.0.running.set(Running {
            data,
            intake,
            pulse,
        }));
    }

    pub(super) fn running(&self) -> Option<&Running> {
        self.0.running.get()
    }

    pub(super) fn tasks(&self) -> &Tasks {
        &self.0.tasks
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Status")
            .field("started", &self.running().is_some())
            .finish_non_exhaustive()
    }
}
