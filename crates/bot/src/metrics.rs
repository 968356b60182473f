//! What is counted while the bot runs. Never by guild, user or channel: what Prometheus keeps must
//! not grow with them.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};
use std::{fmt, time::Duration};

/// Upper bounds of the buckets for how long commands take, in seconds. Discord waits for three.
const SECONDS: [f64; 11] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 15.0];

/// The counters of one bot.
pub struct Metrics {
    registry: Registry,
    commands: Family<CommandLabels, Counter>,
    command_seconds: Family<OneCommand, Histogram>,
    events: Family<OneEvent, Counter>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// As the person asked.
    Done,
    /// With a refusal in words.
    Refused,
    /// Because the database did not answer.
    StorageAway,
    /// With an error that is in the log.
    Failed,
}

/// What becomes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventFate {
    /// It is dealt with.
    Taken,
    /// Too many waited.
    Dropped,
    /// Nobody could read it.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CommandLabels {
    command: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OneCommand {
    command: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OneEvent {
    fate: &'static str,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::StorageAway => "storage away",
            Self::Failed => "failed",
        }
    }
}

impl EventFate {
    fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Dropped => "dropped",
            Self::Unknown => "unknown",
        }
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("rookery");
        let commands = Family::default();
        registry.register("commands", "Commands by how they ended", commands.clone());
        let command_seconds =
            Family::<OneCommand, Histogram>::new_with_constructor(|| Histogram::new(SECONDS));
        registry.register_with_unit(
            "command_duration",
            "From the event to the end of the answer",
            Unit::Seconds,
            command_seconds.clone(),
        );
        let events = Family::default();
        registry.register(
            "gateway_events",
            "Messages and interactions of Discord",
            events.clone(),
        );
        Self {
            registry,
            commands,
            command_seconds,
            events,
        }
    }
}

impl Metrics {
    /// A command came to its end.
    pub fn command(&self, command: &'static str, outcome: Outcome, took: Duration) {
        self.commands
            .get_or_create(&CommandLabels {
                command,
                outcome: outcome.as_str(),
            })
            .inc();
        self.command_seconds
            .get_or_create(&OneCommand { command })
            .observe(took.as_secs_f64());
    }

    /// An event of Discord came.
    pub fn event(&self, fate: EventFate) {
        let fate = fate.as_str();
        self.events.get_or_create(&OneEvent { fate }).inc();
    }

    /// Everything that was counted, to be encoded.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}
