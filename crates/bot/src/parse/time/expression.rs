//! What was written, before it is known what it means today.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use super::absolute::Absolute;
use super::clock;
use super::local;
use super::span::Span;
use super::{Time, TimeError};

/// Longer texts are no times, and are not worth reading.
const MAX_CHARS: usize = 100;

/// The end of the year 9999: later moments cannot be written with four digits.
pub(super) const LAST_MILLI: i64 = 253_402_300_799_999;

/// Days named by a word begin at nine in the morning, when people are there to see what happens.
const MORNING: NaiveTime = NaiveTime::MIN.overflowing_add_signed(TimeDelta::hours(9)).0;

/// A time as it was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expression {
    Forever,
    Span(Span),
    /// Seconds since 1970.
    Unix(i64),
    Absolute(Absolute),
    /// The next time that clocks show this.
    Clock(NaiveTime),
    Tomorrow(NaiveTime),
    Weekday {
        day: Weekday,
        time: NaiveTime,
        /// `next` excludes today.
        next: bool,
    },
}

impl Expression {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.chars().count() > MAX_CHARS {
            return None;
        }
        let text = text.trim().trim_matches('"').to_ascii_lowercase();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if matches!(text.as_str(), "perm" | "forever") {
            return Some(Self::Forever);
        }
        unix(&text)
            .map(Self::Unix)
            .or_else(|| Absolute::parse(&text).map(Self::Absolute))
            .or_else(|| clock::parse(&text).map(Self::Clock))
            .or_else(|| Self::named_day(&text))
            .or_else(|| Span::parse(&text).map(Self::Span))
    }

    fn named_day(text: &str) -> Option<Self> {
        let (next, text) = match text.strip_prefix("next ") {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (day, time) = match text.split_once(' ') {
            Some((day, time)) => (day, clock::parse(time)?),
            None => (text, MORNING),
        };
        if day == "tomorrow" && !next {
            return Some(Self::Tomorrow(time));
        }
        let day = day.parse().ok()?;
        Some(Self::Weekday { day, time, next })
    }

    pub(super) fn resolve(self, now: DateTime<Utc>, zone: Tz) -> Result<Time, TimeError> {
        let today = now.with_timezone(&zone).date_naive();
        let at = match self {
            Self::Forever => return Ok(Time::Forever),
            Self::Span(span) => span.after(now, zone),
            Self::Unix(seconds) => DateTime::from_timestamp(seconds, 0),
            Self::Absolute(absolute) => absolute.instant(zone),
            Self::Clock(time) => next_occurrence(today, time, 1, now, zone),
            Self::Tomorrow(time) => today
                .succ_opt()
                .and_then(|date| local::instant(date.and_time(time), zone)),
            Self::Weekday { day, time, next } => today
                .checked_add_days(Days::new(next.into()))
                .and_then(|date| {
                    let ahead = day.days_since(date.weekday());
                    date.checked_add_days(Days::new(ahead.into()))
                })
                .and_then(|date| next_occurrence(date, time, 7, now, zone)),
        };
        let at = at
            .and_then(|at| DateTime::from_timestamp_millis(at.timestamp_millis()))
            .filter(|at| at.timestamp_millis() <= LAST_MILLI)
            .ok_or(TimeError::Range)?;
        if at <= now {
            Err(TimeError::Past)
        } else {
            Ok(Time::At(at))
        }
    }
}

/// `<t:1804000000>`, `<t:1804000000:R>` or `@1804000000`.
fn unix(text: &str) -> Option<i64> {
    let digits = match text.strip_prefix("<t:") {
        Some(stamp) => {
            let stamp = stamp.strip_suffix('>')?;
            match stamp.split_once(':') {
                Some((digits, style)) if style.len() == 1 => digits,
                Some(_) => return None,
                None => stamp,
            }
        }
        None => text.strip_prefix('@')?,
    };
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // All digits, so a failure means too many of them: a moment that is out of range, not out of form.
    Some(digits.parse().unwrap_or(i64::MAX))
}

/// The first of `date`, `date` + `step` days, … at which `time` is still to come.
fn next_occurrence(
    date: NaiveDate,
    time: NaiveTime,
    step: u64,
    now: DateTime<Utc>,
    zone: Tz,
) -> Option<DateTime<Utc>> {
    let at = local::instant(date.and_time(time), zone)?;
    if at > now {
        return Some(at);
    }
    let date = date.checked_add_days(Days::new(step))?;
    local::instant(date.and_time(time), zone)
}
