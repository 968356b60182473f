//! A limit in time that can be switched off.

use std::time::Duration;

use super::{Value, quoted};

/// A limit in time that can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeout {
    /// No limit is set.
    Off,
    /// The limit.
    After(Duration),
}

impl Timeout {
    /// The limit, or `None` when it is off.
    pub fn limit(self) -> Option<Duration> {
        match self {
            Self::Off => None,
            Self::After(limit) => Some(limit),
        }
    }
}

impl Value for Timeout {
    const EXPECTED: &'static str = "\"off\" or a duration such as \"30s\" or \"5m\"";

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "off" => Some(Self::Off),
            duration => Duration::from_text(duration).map(Self::After),
        }
    }

    fn to_toml(&self) -> Option<String> {
        match self {
            Self::Off => Some(quoted("off")),
            Self::After(limit) => limit.to_toml(),
        }
    }
}
