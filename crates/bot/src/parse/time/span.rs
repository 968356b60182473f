//! Durations: `90s`, `1h30m`, `1 hour 30 minutes`, `in 2 days`, `1mo`.

use chrono::{DateTime, Months, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::local;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;

/// How much of a unit a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Millis(u64),
    Months(u64),
}

const UNITS: [(Unit, &[&str]); 7] = [
    (
        Unit::Millis(SECOND),
        &["s", "sec", "secs", "second", "seconds"],
    ),
    (
        Unit::Millis(MINUTE),
        &["m", "min", "mins", "minute", "minutes"],
    ),
    (Unit::Millis(HOUR), &["h", "hr", "hrs", "hour", "hours"]),
    (Unit::Millis(DAY), &["d", "day", "days"]),
    (Unit::Millis(WEEK), &["w", "wk", "wks", "week", "weeks"]),
    (Unit::Months(1), &["mo", "mos", "month", "months"]),
    (Unit::Months(12), &["y", "yr", "yrs", "year", "years"]),
];

/// A duration: steps in the calendar first, then an exact time.
///
/// Numbers saturate: what is too large stays too large, and is refused when it meets a date.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    months: u64,
    millis: u64,
}

impl Span {
    /// Reads a lower-case text whose spaces are single; `None` when it is not a duration.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut text = text.strip_prefix("in ").unwrap_or(text);
        let mut span = Self::default();
        let mut seen = Vec::new();
        while !text.is_empty() {
            let (whole, after) = digits(text)?;
            let (fraction, after) = match after.strip_prefix('.') {
                Some(after) => digits(after).map(|(fraction, after)| (Some(fraction), after))?,
                None => (None, after),
            };
            let (unit, after) = unit(after.trim_start())?;
            if seen.contains(&unit) {
                return None;
            }
            seen.push(unit);
            match (unit, fraction) {
                (Unit::Millis(size), fraction) => {
                    let part = saturating(whole).saturating_mul(size);
                    span.millis = span.millis.saturating_add(part);
                    let part = fraction.map_or(0, |fraction| share(fraction, size));
                    span.millis = span.millis.saturating_add(part);
                }
                (Unit::Months(size), None) => {
                    let part = saturating(whole).saturating_mul(size);
                    span.months = span.months.saturating_add(part);
                }
                (Unit::Months(_), Some(_)) => return None,
            }
            text = after.trim_start();
        }
        (!seen.is_empty()).then_some(span)
    }

    /// The moment this long after `now`; `None` when the span is zero or leads out of the calendar.
    pub(super) fn after(&self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let months = |from: NaiveDateTime, months| from.checked_add_months(months);
        let exact = |from: DateTime<Utc>, exact| from.checked_add_signed(exact);
        self.steps(now, zone, months, exact)
    }

    /// The moment this long before `now`; `None` as for [`Span::after`].
    pub(super) fn before(&self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let months = |from: NaiveDateTime, months| from.checked_sub_months(months);
        let exact = |from: DateTime<Utc>, exact| from.checked_sub_signed(exact);
        self.steps(now, zone, months, exact)
    }

    fn steps(
        &self,
        now: DateTime<Utc>,
        zone: Tz,
        in_calendar: impl FnOnce(NaiveDateTime, Months) -> Option<NaiveDateTime>,
        exactly: impl FnOnce(DateTime<Utc>, TimeDelta) -> Option<DateTime<Utc>>,
    ) -> Option<DateTime<Utc>> {
        if self.months == 0 && self.millis == 0 {
            return None;
        }
        let stepped = if self.months == 0 {
            now
        } else {
            let months = Months::new(self.months.try_into().ok()?);
            // At the end of a shorter month the day is clamped, not carried over.
            let local = in_calendar(now.with_timezone(&zone).naive_local(), months)?;
            local::instant(local, zone)?
        };
        let exact = TimeDelta::try_milliseconds(self.millis.try_into().ok()?)?;
        exactly(stepped, exact)
    }
}

/// The digits at the beginning of `text`, at least one, and what follows.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The unit at the beginning of `text`, and what follows.
fn unit(text: &str) -> Option<(Unit, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (name, after) = text.split_at(end);
    let (unit, _) = UNITS.iter().find(|(_, names)| names.contains(&name))?;
    Some((*unit, after))
}

fn saturating(digits: &str) -> u64 {
    digits.parse().unwrap_or(u64::MAX)
}

/// `0.<fraction>` of `size`, rounded down.
fn share(fraction: &str, size: u64) -> u64 {
    // No unit has more than nine decimal places in milliseconds.
    let fraction = &fraction[..fraction.len().min(9)];
    let scale = 10_u64.pow(u32::try_from(fraction.len()).unwrap_or_default());
    saturating(fraction).saturating_mul(size) / scale
}
