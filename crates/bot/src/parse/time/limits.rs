//! How near and how far a time may be.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Time, TimeError};
use crate::text::Message;

/// The shortest and the longest time that a command takes, written as durations: `1s` and `1y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// At least this long.
    pub least: &'static str,
    /// At most this long.
    pub most: &'static str,
    /// Whether "no end" is a value of this command.
    pub forever: bool,
}

impl Limits {
    /// Reads `text` by [`Time::parse`] and keeps to these limits, both included.
    ///
    /// # Errors
    /// Those of [`Time::parse`], and [`TimeError::Limits`] or [`TimeError::Endless`].
    pub fn parse(self, text: &str, now: DateTime<Utc>, zone: Tz) -> Result<Time, TimeError> {
        let time = Time::parse(text, now, zone)?;
        let Some(at) = time.at() else {
            return if self.forever {
                Ok(time)
            } else {
                Err(TimeError::Endless(self))
            };
        };
        let bound = |text| Time::parse(text, now, zone).map(Time::at);
        let (least, most) = (bound(self.least)?, bound(self.most)?);
        if least.is_some_and(|least| at < least) || most.is_some_and(|most| at > most) {
            return Err(TimeError::Limits(self));
        }
        Ok(time)
    }

    pub(super) fn message(self, case: &'static str) -> Message {
        Message::new("err-time-range")
            .with("case", case)
            .with("least", self.least)
            .with("most", self.most)
    }
}
