//! How far a long verb has come: one mechanism for all of them.

use crate::{Clock, Controller, Scope};

/// Rows that a verb of several statements has dealt with.
///
/// What is reported before the verb returns may still be rolled back: it shows that something moves,
/// not that something is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows so far.
    pub done: u64,
    /// Rows altogether; `None` when nobody knows yet.
    pub total: Option<u64>,
}

/// A controller that reports the progress of its long verbs; made by [`Controller::reporting`].
#[derive(Clone, Copy, Debug)]
pub struct Reporting<T, F> {
    controller: T,
    report: F,
}

impl<T, F> Reporting<T, F> {
    pub(crate) fn new(controller: T, report: F) -> Self {
        Self { controller, report }
    }
}

impl<T: Controller, F: Fn(Progress) + Send + Sync> Controller for Reporting<T, F> {
    type Entity = T::Entity;
    type Conn = T::Conn;

    fn conn(&self) -> &T::Conn {
        self.controller.conn()
    }

    fn clock(&self) -> &Clock {
        self.controller.clock()
    }

    fn scope(&self) -> Scope {
        self.controller.scope()
    }

    fn tenant(&self) -> Option<i64> {
        self.controller.tenant()
    }

    fn progressed(&self, progress: Progress) {
        (self.report)(progress);
    }
}
