//! What a run has shown, for people and for programs.

use std::fmt;

use serde::Serialize;

use crate::{Check, Latency};

/// The result of a run. Rates are per second of the run, memory is in MiB.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// How many guilds there were.
    pub guilds: usize,
    /// How many people were in them.
    pub members: usize,
    /// How long it took, from the first to the last thing that somebody did.
    pub seconds: f64,
    /// Decides who did what.
    pub seed: u64,
    /// `SQLite` or `PostgreSQL`.
    pub database: &'static str,
    /// Messages that were no commands.
    pub messages_per_s: f64,
    /// New members.
    pub joins_per_s: f64,
    /// Reactions.
    pub reactions_per_s: f64,
    /// Commands.
    pub commands_per_s: f64,
    /// Events of all kinds that the bot has taken, those of its own doing among them.
    pub events_per_s: f64,
    /// Requests of the bot.
    pub requests_per_s: f64,
    /// From a slash command's gateway frame to the request that acknowledges it.
    #[serde(flatten)]
    pub acknowledged: Latency,
    /// From a command's gateway frame to the request that carries the answer.
    pub answered: Latency,
    /// The most commands that waited for an answer at one time.
    pub commands_waiting_max: usize,
    /// The longest that an event waited in the gateway until the bot had taken it.
    pub gateway_lag_max_ms: f64,
    /// The bot's memory at the end of the load; nothing where the system does not tell.
    pub rss_mb: Option<f64>,
    /// The most memory that it had.
    pub rss_peak_mb: Option<f64>,
    /// How long the bot took to be ready.
    pub ready_ms: f64,
    /// Calls of the database, from the start to the end.
    pub database_calls: Option<u64>,
    /// Commands without an answer, and messages that the bot says it could not take.
    pub dropped: u64,
    /// Warnings and errors in the bot's log.
    pub complaints: u64,
    /// Whether the database agrees with what happened.
    pub check: Check,
    /// Starts alone, by number of guilds.
    pub starts: Vec<Start>,
}

/// A start of the bot, without load.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Start {
    /// How many guilds there were.
    pub guilds: usize,
    /// How many people were in them.
    pub members: usize,
    /// How long the bot took to be ready.
    pub ready_ms: f64,
    /// Its memory then.
    pub rss_mb: Option<f64>,
}

impl Report {
    /// Whether nothing was lost.
    pub fn is_clean(&self) -> bool {
        self.dropped == 0 && self.check.wrong == 0
    }
}

/// A number of MiB, or that nobody knows it.
struct Mib(Option<f64>);

impl fmt::Display for Mib {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(mib) => write!(f, "{mib:.1} MiB"),
            None => f.write_str("unknown"),
        }
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            guilds,
            members,
            ready_ms,
            rss_mb,
        } = self;
        write!(
            f,
            "start        {guilds} guilds, {members} members: ready in {ready_ms:.0} ms, {}",
            Mib(*rss_mb)
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for start in &self.starts {
            writeln!(f, "{start}")?;
        }
        writeln!(
            f,
            "world        {} guilds, {} members, on {}; ready in {:.0} ms",
            self.guilds, self.members, self.database, self.ready_ms
        )?;
        writeln!(
            f,
            "load         {:.1} s: per second {:.1} messages, {:.1} joins, {:.1} reactions, {:.1} commands",
            self.seconds,
            self.messages_per_s,
            self.joins_per_s,
            self.reactions_per_s,
            self.commands_per_s
        )?;
        writeln!(
            f,
            "handled      per second {:.1} events, {:.1} requests",
            self.events_per_s, self.requests_per_s
        )?;
        for (name, latency) in [
            ("acknowledged", self.acknowledged),
            ("answered    ", self.answered),
        ] {
            let Latency { p50_ms, p99_ms } = latency;
            writeln!(f, "{name} p50 {p50_ms:.1} ms, p99 {p99_ms:.1} ms")?;
        }
        writeln!(
            f,
            "queues       at most {} commands waiting, {:.1} ms in the gateway",
            self.commands_waiting_max, self.gateway_lag_max_ms
        )?;
        writeln!(
            f,
            "memory       {}, at most {}",
            Mib(self.rss_mb),
            Mib(self.rss_peak_mb)
        )?;
        match self.database_calls {
            Some(calls) => writeln!(f, "database     {calls} calls, {} cases", self.check.cases)?,
            None => writeln!(f, "database     {} cases", self.check.cases)?,
        }
        writeln!(
            f,
            "lost         {} dropped, {} complaints in the log",
            self.dropped, self.complaints
        )?;
        if self.check.wrong == 0 {
            return f.write_str("check        the database agrees with what happened");
        }
        write!(
            f,
            "check        the database DISAGREES in {} guilds",
            self.check.wrong
        )?;
        for disagreement in &self.check.disagreements {
            write!(f, "\n             {disagreement}")?;
        }
        Ok(())
    }
}
