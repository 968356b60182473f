//! The calls of one verb on one table.

use super::{Verb, histogram::Histogram};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Counts of one verb on one table.
#[derive(Debug)]
pub(super) struct Series {
    verb: Verb,
    table: Box<str>,
    calls: AtomicU64,
    failed: AtomicU64,
    given_up: AtomicU64,
    waiting: Histogram,
    running: Histogram,
}

/// How the calls of one verb on one table went, since the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What they did.
    pub verb: Verb,
    /// The table, or the name that their SQL was given; empty for what is about no table.
    pub table: String,
    /// Those that were answered or given up.
    pub calls: u64,
    /// Those that failed.
    pub failed: u64,
    /// Those whose caller went away before the answer.
    pub given_up: u64,
    /// The wait for a connection. Statements inside a transaction wait for none; their BEGIN did.
    pub waiting: Latency,
    /// From having a connection to the answer.
    pub running: Latency,
}

/// A distribution of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Latency {
    /// All together.
    pub total: Duration,
    /// What half of them did not exceed, up to a quarter too long.
    pub p50: Duration,
    /// What all but one in a hundred did not exceed, up to a quarter too long.
    pub p99: Duration,
    /// The longest.
    pub max: Duration,
}

impl Series {
    pub(super) fn new(verb: Verb, table: &str) -> Self {
        Self {
            verb,
            table: table.into(),
            calls: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            given_up: AtomicU64::new(0),
            waiting: Histogram::default(),
            running: Histogram::default(),
        }
    }

    pub(super) fn verb(&self) -> Verb {
        self.verb
    }

    pub(super) fn table(&self) -> &str {
        &self.table
    }

    pub(super) fn answered(&self, waited: Option<Duration>, ran: Option<Duration>, ok: bool) {
        self.add(waited, ran);
        if !ok {
            self.failed.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(super) fn given_up(&self, waited: Option<Duration>, ran: Option<Duration>) {
        self.add(waited, ran);
        self.given_up.fetch_add(1, Ordering::Relaxed);
    }

    fn add(&self, waited: Option<Duration>, ran: Option<Duration>) {
        self.calls.fetch_add(1, Ordering::Relaxed);
        if let Some(waited) = waited {
            self.waiting.add(waited);
        }
        if let Some(ran) = ran {
            self.running.add(ran);
        }
    }

    /// All of them, and those that failed.
    pub(super) fn calls(&self) -> (u64, u64) {
        let failed = self.failed.load(Ordering::Relaxed);
        (self.calls.load(Ordering::Relaxed), failed)
    }

    pub(super) fn snapshot(&self) -> Operation {
        Operation {
            verb: self.verb,
            table: self.table.to_string(),
            calls: self.calls.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
            given_up: self.given_up.load(Ordering::Relaxed),
            waiting: Latency::of(&self.waiting),
            running: Latency::of(&self.running),
        }
    }
}

impl Latency {
    fn of(histogram: &Histogram) -> Self {
        Self {
            total: histogram.total(),
            p50: histogram.quantile(0.5),
            p99: histogram.quantile(0.99),
            max: histogram.max(),
        }
    }
}
