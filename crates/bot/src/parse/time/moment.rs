//! Looking back: the same expressions, where a duration reaches into the past.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::expression::{Expression, LAST_MILLI};
use super::{TimeError, local};

/// Reads `text` as people write moments in a search: `7d` or `2 days ago` reaches back from `now`, `18:00` and
/// `monday` are the latest ones that have come, and dates are what they say, also when they are still to come.
///
/// # Errors
/// [`TimeError::Format`]; [`TimeError::Range`] before 1970 or beyond the year 9999.
pub fn moment(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>, TimeError> {
    let text = text.trim();
    let text = text.strip_suffix(" ago").unwrap_or(text);
    let today = now.with_timezone(&zone).date_naive();
    let at = match Expression::parse(text).ok_or(TimeError::Format)? {
        Expression::Forever | Expression::Tomorrow(_) => return Err(TimeError::Format),
        Expression::Span(span) => span.before(now, zone),
        Expression::Unix(seconds) => DateTime::from_timestamp(seconds, 0),
        Expression::Absolute(absolute) => absolute.instant(zone),
        Expression::Clock(time) => latest_occurrence(today, time, 1, now, zone),
        Expression::Weekday { day, time, .. } => {
            let back = today.weekday().days_since(day);
            today
                .checked_sub_days(Days::new(back.into()))
                .and_then(|date| latest_occurrence(date, time, 7, now, zone))
        }
    };
    at.and_then(|at| DateTime::from_timestamp_millis(at.timestamp_millis()))
        .filter(|at| (0..=LAST_MILLI).contains(&at.timestamp_millis()))
        .ok_or(TimeError::Range)
}

/// The first of `date`, `date` - `step` days, … at which `time` has come.
fn latest_occurrence(
    date: NaiveDate,
    time: NaiveTime,
    step: u64,
    now: DateTime<Utc>,
    zone: Tz,
) -> Option<DateTime<Utc>> {
    let at = local::instant(date.and_time(time), zone)?;
    if at <= now {
        return Some(at);
    }
    let date = date.checked_sub_days(Days::new(step))?;
    local::instant(date.and_time(time), zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A Monday.
    fn now() -> DateTime<Utc> {
        at("2027-03-01T12:00:00Z")
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    #[test]
    fn durations_reach_back_and_the_rest_is_the_latest_that_has_come() {
        for (text, expected) in [
            ("7d", "2027-02-22T12:00:00Z"),
            ("2 days ago", "2027-02-27T12:00:00Z"),
            ("1h30m", "2027-03-01T10:30:00Z"),
            ("1mo", "2027-02-01T12:00:00Z"),
            ("2026-12-24", "2026-12-23T23:00:00Z"),
            ("2027-12-24 10:00Z", "2027-12-24T10:00:00Z"),
            ("10:30", "2027-03-01T09:30:00Z"),
            ("18:00", "2027-02-28T17:00:00Z"),
            ("monday 10:00", "2027-03-01T09:00:00Z"),
            ("monday 18:00", "2027-02-22T17:00:00Z"),
            ("sunday", "2027-02-28T08:00:00Z"),
            ("<t:1800000000:R>", "2027-01-15T08:00:00Z"),
        ] {
            let zone = chrono_tz::Europe::Berlin;
            assert_eq!(moment(text, now(), zone), Ok(at(expected)), "{text}");
        }
    }

    #[test]
    fn the_end_of_a_longer_month_is_clamped() {
        let march = at("2027-03-31T12:00:00Z");
        assert_eq!(
            moment("1mo", march, Tz::UTC),
            Ok(at("2027-02-28T12:00:00Z"))
        );
    }

    #[test]
    fn what_is_no_moment_of_the_past_is_refused() {
        for (text, error) in [
            ("soon", TimeError::Format),
            ("forever", TimeError::Format),
            ("tomorrow", TimeError::Format),
            ("", TimeError::Format),
            ("0s", TimeError::Range),
            ("100y", TimeError::Range),
            ("99999999999d", TimeError::Range),
            ("@-1", TimeError::Range),
        ] {
            assert_eq!(moment(text, now(), Tz::UTC), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _outcome = moment(&text, now(), chrono_tz::America::Sao_Paulo);
        }

        #[test]
        fn durations_are_never_in_the_future(n in 1u32..100, unit in "[smhdwy]|mo") {
            if let Ok(at) = moment(&format!("{n}{unit}"), now(), chrono_tz::Asia::Tokyo) {
                prop_assert!(at < now());
            }
        }
    }
}
