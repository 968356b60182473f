//! The one parser of times: a duration, a moment, or no end at all.
//!
//! Everything counts from a given moment and in a given zone; nothing here reads a clock.

mod absolute;
mod clock;
mod expression;
mod limits;
mod local;
mod moment;
mod span;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::text::Message;

pub use limits::Limits;
pub use moment::moment;

use expression::Expression;

/// The end of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// At this moment, in whole milliseconds, and later than the moment it was parsed at.
    At(DateTime<Utc>),
    /// Never.
    Forever,
}

/// Why a text is not a usable time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeError {
    /// It does not read as a time.
    Format,
    /// It is zero, or beyond the year 9999.
    Range,
    /// It reads well, and has passed.
    Past,
    /// It is outside the limits of this command.
    Limits(Limits),
    /// It has no end, and this command needs one.
    Endless(Limits),
}

impl Time {
    /// Reads `text` as people write times: `1h30m`, `in 2 days`, `2027-03-05 10:00`, `6pm`, `next friday 17:00`,
    /// `<t:1804000000:R>`, `perm`.
    ///
    /// Months and years are steps in the calendar of `zone`; weeks and everything smaller are exact. A local time
    /// that does not exist is moved forward, one that exists twice is the first.
    ///
    /// # Errors
    /// [`TimeError::Format`], [`TimeError::Range`] or [`TimeError::Past`].
    pub fn parse(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<Self, TimeError> {
        Expression::parse(text)
            .ok_or(TimeError::Format)?
            .resolve(now, zone)
    }

    /// The moment, or `None` when there is no end.
    pub fn at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(at) => Some(at),
            Self::Forever => None,
        }
    }
}

impl From<TimeError> for Message {
    fn from(error: TimeError) -> Self {
        match error {
            TimeError::Format => Self::new("err-time-format"),
            TimeError::Past => Self::new("err-time-past"),
            TimeError::Range => Self::new("err-time-range").with("case", "absurd"),
            TimeError::Limits(limits) => limits.message("limits"),
            TimeError::Endless(limits) => limits.message("endless"),
        }
    }
}
