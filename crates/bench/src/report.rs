//! The results: a table to read, JSON for machines.

use std::fmt::Write as _;

use serde::Serialize;

/// One line of the table, and one object of `data-layer.json`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    /// The operation.
    pub(crate) op: &'static str,
    /// `postgres` or `sqlite`.
    pub(crate) backend: &'static str,
    /// How many callers there were at once.
    pub(crate) concurrency: usize,
    /// Our calls per second.
    pub(crate) ours_ops: f64,
    /// Calls per second of the same statement written by hand with sqlx on its ordinary pool.
    pub(crate) floor_ops: f64,
    /// Calls per second of `pgbench -M prepared`, where it is installed and has the operation.
    pub(crate) pgbench_ops: Option<f64>,
    /// Our time over that by hand.
    pub(crate) ratio: f64,
    /// The client's CPU time per call over that by hand.
    pub(crate) cpu_ratio: f64,
    /// By hand over by hand.
    pub(crate) control: f64,
    /// Whether the control strayed, so that the line says nothing.
    pub(crate) void: bool,
    /// Half of our calls took no longer.
    pub(crate) p50_ms: f64,
    /// Of a hundred of our calls, ninety-nine took no longer.
    pub(crate) p99_ms: f64,
    /// How often a call of ours waits for an answer of the server; none on SQLite.
    pub(crate) round_trips: Option<u64>,
}

/// The heads of the columns.
pub(crate) const HEAD: &str = "operation            database   at once     ours/s     hand/s  pgbench/s  time   CPU    control  p50 ms    p99 ms  trips";

impl Line {
    /// The line as it stands in the table.
    pub(crate) fn text(&self) -> String {
        let mut text = format!(
            "{:<20} {:<9} {:>8} {:>10} {:>10} {:>10}  {:<6} {:<6} {:<8} {:>6.2} {:>9.2} {:>6}",
            self.op,
            self.backend,
            self.concurrency,
            number(self.ours_ops),
            number(self.floor_ops),
            self.pgbench_ops.map(number).unwrap_or_default(),
            format!("{:.2}", self.ratio),
            format!("{:.2}", self.cpu_ratio),
            format!("{:.2}", self.control),
            self.p50_ms,
            self.p99_ms,
            self.round_trips.map(|n| n.to_string()).unwrap_or_default(),
        );
        if self.void {
            // Writing to a string cannot fail.
            let _ = write!(text, "  void");
        }
        text
    }
}

/// Three digits that mean something, and no more than two decimals.
fn number(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}
