//! Who waits for what, and for how long: every call is timed, and the wait for a connection is told from the work.
//!
//! Calls are counted by verb and table. What was bound is never looked at.

mod histogram;
mod label;
mod series;
mod slow;

pub use label::Verb;
pub use series::{Latency, Operation};

use controllers::{Error, ErrorClass};
use sea_orm::DbErr;
use series::Series;
pub(crate) use slow::SlowText;
use slow::Slowest;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// Most pairs of verb and table that are told apart; what comes later is counted as one. Only SQL that names tables
/// at random gets there.
const MOST_SERIES: usize = 512;
const ALL_OTHERS: &str = "(others)";

/// What a pool, its readers and its transactions have been doing since the start.
#[derive(Debug)]
pub(crate) struct Observer {
    /// Calls that take longer are kept and reported.
    slow: Duration,
    by_verb: [RwLock<HashMap<Box<str>, Arc<Series>>>; Verb::COUNT],
    series: AtomicUsize,
    slowest: Slowest,
    failures: Mutex<HashMap<ErrorClass, Failures>>,
}

/// Errors of one class.
#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u64,
    last: Instant,
}

/// How often calls failed with one class of error, and when that happened last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureCount {
    /// The class.
    pub class: ErrorClass,
    /// Since the start.
    pub count: u64,
    /// How long ago the last one was.
    pub ago: Duration,
}

impl Observer {
    pub(crate) fn new(slow: Duration) -> Self {
        Self {
            slow,
            by_verb: Default::default(),
            series: AtomicUsize::new(0),
            slowest: Slowest::default(),
            failures: Mutex::default(),
        }
    }

    /// Begins to time a statement.
    pub(crate) fn statement(self: &Arc<Self>, sql: &str) -> Observed {
        let (verb, table) = match controllers::operation_name() {
            Some(name) => (Verb::Named, name),
            None => label::of(sql),
        };
        let series = self.series(verb, table);
        Observed::new(Arc::clone(self), series, Some(sql.to_owned()))
    }

    /// Begins to time what is about no table. Its SQL is not kept: it may hold values.
    pub(crate) fn without_table(self: &Arc<Self>, verb: Verb) -> Observed {
        let name = controllers::operation_name().unwrap_or_default();
        let series = self.series(verb, name);
        Observed::new(Arc::clone(self), series, None)
    }

    /// All series, the one with the most time in total first.
    pub(crate) fn operations(&self) -> Vec<Operation> {
        let mut all = Vec::new();
        for tables in &self.by_verb {
            let tables = tables.read().unwrap_or_else(PoisonError::into_inner);
            all.extend(tables.values().map(|series| series.snapshot()));
        }
        all.sort_by_key(|operation| std::cmp::Reverse(operation.running.total));
        all
    }

    /// Calls that were answered or given up, and those of them that failed.
    pub(crate) fn calls(&self) -> (u64, u64) {
        let mut sum = (0, 0);
        for tables in &self.by_verb {
            let tables = tables.read().unwrap_or_else(PoisonError::into_inner);
            for (calls, failed) in tables.values().map(|series| series.calls()) {
                sum = (sum.0 + calls, sum.1 + failed);
            }
        }
        sum
    }

    /// The texts that were slow, slowest first.
    pub(crate) fn slowest(&self) -> Vec<SlowText> {
        self.slowest.by_text()
    }

    /// Failures by class, the latest first.
    pub(crate) fn failures(&self) -> Vec<FailureCount> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counts: Vec<FailureCount> = failures
            .iter()
            .map(|(class, failures)| FailureCount {
                class: *class,
                count: failures.count,
                ago: failures.last.elapsed(),
            })
            .collect();
        counts.sort_by_key(|count| count.ago);
        counts
    }

    fn failed(&self, error: &DbErr) {
        let class = Error::from(error.clone()).class();
        let now = Instant::now();
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = failures.entry(class).or_insert(Failures {
            count: 0,
            last: now,
        });
        failures.count += 1;
        failures.last = now;
    }

    fn series(&self, verb: Verb, table: &str) -> Arc<Series> {
        let tables = &self.by_verb[verb as usize];
        let found = tables.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(series) = found.get(table) {
            return Arc::clone(series);
        }
        drop(found);
        let table = if self.series.fetch_add(1, Ordering::Relaxed) < MOST_SERIES {
            table
        } else {
            ALL_OTHERS
        };
        let mut tables = tables.write().unwrap_or_else(PoisonError::into_inner);
        let series = tables.entry(table.into());
        Arc::clone(series.or_insert_with(|| Arc::new(Series::new(verb, table))))
    }
}

/// A call that is being timed.
pub(crate) struct Observed {
    observer: Arc<Observer>,
    series: Arc<Series>,
    text: Option<String>,
    started: Instant,
    connected: Option<Instant>,
    ended: bool,
}

impl Observed {
    fn new(observer: Arc<Observer>, series: Arc<Series>, text: Option<String>) -> Self {
        Self {
            observer,
            series,
            text,
            started: Instant::now(),
            connected: None,
            ended: false,
        }
    }

    /// The wait is over, the work begins.
    pub(crate) fn connected(&mut self) {
        self.connected = Some(Instant::now());
    }

    /// For work on a connection that was there already.
    pub(crate) fn on_connection(mut self) -> Self {
        self.connected = Some(self.started);
        self
    }

    /// The call has ended.
    pub(crate) fn ended<T>(mut self, result: Result<T, DbErr>) -> Result<T, DbErr> {
        self.ended = true;
        let (waited, ran) = self.durations();
        self.series.answered(waited, ran, result.is_ok());
        if let Err(error) = &result {
            self.observer.failed(error);
        }
        if waited.unwrap_or_default() + ran.unwrap_or_default() >= self.observer.slow {
            self.report(waited, ran);
        }
        result
    }

    /// How long it waited for a connection, and how long it ran; without a connection it did not run.
    fn durations(&self) -> (Option<Duration>, Option<Duration>) {
        match self.connected {
            // Work inside a transaction waits for nothing, and would make every wait look short.
            Some(connected) if connected == self.started => (None, Some(connected.elapsed())),
            Some(connected) => (Some(connected - self.started), Some(connected.elapsed())),
            None => (Some(self.started.elapsed()), None),
        }
    }

    fn report(&mut self, waited: Option<Duration>, ran: Option<Duration>) {
        let ran = ran.unwrap_or_default();
        if let Some(text) = self.text.take()
            && ran >= self.observer.slow
        {
            self.observer.slowest.add(text, ran);
        }
        tracing::warn!(
            verb = self.series.verb().name(),
            table = self.series.table(),
            waited_ms = waited.unwrap_or_default().as_millis(),
            ran_ms = ran.as_millis(),
            "slow database call"
        );
    }
}

impl Drop for Observed {
    fn drop(&mut self) {
        if !self.ended {
            let (waited, ran) = self.durations();
            self.series.given_up(waited, ran);
        }
    }
}
