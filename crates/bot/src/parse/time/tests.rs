use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::{Europe::Berlin, TZ_VARIANTS, Tz};
use proptest::prelude::*;

use super::{Limits, Time, TimeError};

/// A Monday.
const NOW: &str = "2027-03-01T12:00:00Z";

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment in RFC 3339")
}

fn parse(text: &str) -> Result<Time, TimeError> {
    Time::parse(text, moment(NOW), Berlin)
}

#[track_caller]
fn means(text: &str, expected: &str) {
    assert_eq!(parse(text), Ok(Time::At(moment(expected))), "{text}");
}

#[test]
fn durations_count_from_now() {
    means("90s", "2027-03-01T12:01:30Z");
    means("1.5h", "2027-03-01T13:30:00Z");
    means("1h30m", "2027-03-01T13:30:00Z");
    means("\"1 hour 30 minutes\"", "2027-03-01T13:30:00Z");
    means("in 2 days", "2027-03-03T12:00:00Z");
    means("2w3d", "2027-03-18T12:00:00Z");
    means("30m 1h", "2027-03-01T13:30:00Z");
    means("0.5w", "2027-03-05T00:00:00Z");
}

#[test]
fn m_is_a_minute_in_either_case() {
    means("1m", "2027-03-01T12:01:00Z");
    means("1M", "2027-03-01T12:01:00Z");
}

#[test]
fn months_and_years_are_steps_in_the_calendar_of_the_zone() {
    means("1mo", "2027-04-01T11:00:00Z");
    means("1y", "2028-03-01T12:00:00Z");
    means("1y1mo", "2028-04-01T11:00:00Z");
    let end_of_january = moment("2027-01-31T12:00:00Z");
    assert_eq!(
        Time::parse("1mo", end_of_january, Berlin),
        Ok(Time::At(moment("2027-02-28T12:00:00Z")))
    );
}

#[test]
fn dates_are_in_the_zone_unless_they_have_an_offset() {
    means("2027-03-05", "2027-03-04T23:00:00Z");
    means("2027-03-05T10:00", "2027-03-05T09:00:00Z");
    means("2027-03-05 10:00+02:00", "2027-03-05T08:00:00Z");
    means("2027-03-05 10:00 +0200", "2027-03-05T08:00:00Z");
    means("2027-03-05T10:00-02", "2027-03-05T12:00:00Z");
    means("2027-03-05T10:00Z", "2027-03-05T10:00:00Z");
    means("2027-03-05t10:00:30z", "2027-03-05T10:00:30Z");
}

#[test]
fn a_time_of_day_is_the_next_one() {
    means("10:30", "2027-03-02T09:30:00Z");
    means("18:00", "2027-03-01T17:00:00Z");
    means("6pm", "2027-03-01T17:00:00Z");
    means("6:30 PM", "2027-03-01T17:30:00Z");
    means("12am", "2027-03-01T23:00:00Z");
    means("midnight", "2027-03-01T23:00:00Z");
    means("noon", "2027-03-02T11:00:00Z");
    means("13:00", "2027-03-02T12:00:00Z");
}

#[test]
fn named_days_begin_at_nine() {
    means("tomorrow", "2027-03-02T08:00:00Z");
    means("tomorrow 09:15", "2027-03-02T08:15:00Z");
    means("monday", "2027-03-08T08:00:00Z");
    means("monday 18:00", "2027-03-01T17:00:00Z");
    means("next monday 18:00", "2027-03-08T17:00:00Z");
    means("next friday 17:00", "2027-03-05T16:00:00Z");
    means("fri", "2027-03-05T08:00:00Z");
}

#[test]
fn discord_timestamps_are_read() {
    means("<t:1804000000:R>", "2027-03-02T15:06:40Z");
    means("<t:1804000000>", "2027-03-02T15:06:40Z");
    means("@1804000000", "2027-03-02T15:06:40Z");
}

#[test]
fn a_local_time_in_a_gap_is_shifted_and_one_that_comes_twice_is_the_first() {
    means("2027-03-28 02:30", "2027-03-28T01:30:00Z");
    means("2027-10-31 02:30", "2027-10-31T00:30:00Z");
}

#[test]
fn no_end_is_a_time() {
    assert_eq!(parse("perm"), Ok(Time::Forever));
    assert_eq!(parse(" Forever "), Ok(Time::Forever));
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "5",
        "5x",
        "1h1h",
        "0.5mo",
        "",
        "   ",
        "1h30",
        "h",
        "-5m",
        "1.h",
        ".5h",
        "1.5.5h",
        "in",
        "in ",
        "1,5h",
        "25:00",
        "24:00",
        "10:60",
        "1:2",
        "13pm",
        "0am",
        "2027-02-30",
        "2027-13-01",
        "27-03-05",
        "2027-03-05x",
        "2027-03-05T",
        "2027-03-05 10:00+25:00",
        "2027-03-05 10:00+02:60",
        "<t:abc:R>",
        "<t:1804000000:RR>",
        "<t:1804000000:R",
        "@",
        "@1.5",
        "next",
        "next tomorrow",
        "someday",
        "\u{661}h",
        "1 2h",
    ] {
        assert_eq!(parse(text), Err(TimeError::Format), "{text}");
    }
}

#[test]
fn what_is_zero_or_beyond_the_calendar_is_out_of_range() {
    for text in [
        "0s",
        "0y",
        "0.0001s",
        "99999999999d",
        "99999999999999999999999999y",
        "9000y",
        "9999999999mo",
        "<t:999999999999999999999:R>",
        "@253402300800",
    ] {
        assert_eq!(parse(text), Err(TimeError::Range), "{text}");
    }
}

#[test]
fn what_has_passed_is_refused() {
    for text in [
        "2026-12-01",
        "2027-03-01",
        "2027-03-01T12:00Z",
        "@0",
        "<t:-5:R>",
        "0000-01-01",
        "@1803902400",
    ] {
        assert_eq!(parse(text), Err(TimeError::Past), "{text}");
    }
}

#[test]
fn limits_include_their_ends() {
    let limits = Limits {
        least: "1m",
        most: "1mo",
        forever: false,
    };
    let parse = |text| limits.parse(text, moment(NOW), Berlin);

    assert_eq!(parse("60s"), Ok(Time::At(moment("2027-03-01T12:01:00Z"))));
    assert_eq!(parse("1mo"), Ok(Time::At(moment("2027-04-01T11:00:00Z"))));
    assert_eq!(parse("59s"), Err(TimeError::Limits(limits)));
    assert_eq!(parse("32d"), Err(TimeError::Limits(limits)));
    assert_eq!(parse("perm"), Err(TimeError::Endless(limits)));
    assert_eq!(
        Limits {
            forever: true,
            ..limits
        }
        .parse("perm", moment(NOW), Berlin),
        Ok(Time::Forever)
    );
}

fn zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(TZ_VARIANTS.as_slice())
}

/// Milliseconds from 1970 to 2200.
fn now() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..7_258_118_400_000)
        .prop_map(|millis| DateTime::from_timestamp_millis(millis).expect("in range"))
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), now in now(), zone in zone()) {
        let _outcome = Time::parse(&text, now, zone);
    }

    #[test]
    fn text_made_of_the_pieces_of_times_is_later_or_refused(
        pieces in prop::collection::vec(
            prop::sample::select(&[
                "0", "1", "9", "2027", "-", ":", ".", " ", "+", "t", "z", "@", "<t:", ">", "s", "m", "h",
                "d", "w", "mo", "y", "am", "pm", "noon", "next ", "tomorrow", "mon", "in ", "\"", "é",
            ]),
            0..12,
        ),
        now in now(),
        zone in zone(),
    ) {
        if let Ok(Time::At(at)) = Time::parse(&pieces.concat(), now, zone) {
            prop_assert!(at > now);
            prop_assert_eq!(at.timestamp_subsec_nanos() % 1_000_000, 0);
        }
    }

    #[test]
    fn weeks_and_smaller_are_exact(
        (w, d, h) in (0_i64..50, 0_i64..500, 0_i64..500),
        (m, s) in (0_i64..500, 1_i64..500),
        now in now(),
        zone in zone(),
    ) {
        let exact = TimeDelta::weeks(w) + TimeDelta::days(d) + TimeDelta::hours(h)
            + TimeDelta::minutes(m) + TimeDelta::seconds(s);
        let text = format!("{w}w{d}d {h} hours {m}m{s}s");
        prop_assert_eq!(Time::parse(&text, now, zone), Ok(Time::At(now + exact)));
    }

    #[test]
    fn a_date_with_an_offset_is_that_moment(at in now(), zone in zone()) {
        let at = at - TimeDelta::milliseconds(at.timestamp_millis() % 1000);
        prop_assume!(at.timestamp() > 0);
        let epoch = DateTime::UNIX_EPOCH;
        let elsewhere = at.with_timezone(&Berlin).to_rfc3339();
        for text in [at.to_rfc3339(), elsewhere, format!("@{}", at.timestamp())] {
            prop_assert_eq!(Time::parse(&text, epoch, zone), Ok(Time::At(at)));
        }
    }

    #[test]
    fn a_local_time_is_what_the_clock_shows_unless_it_is_skipped(at in now(), zone in zone()) {
        let local = at.with_timezone(&zone).naive_local().format("%Y-%m-%d %H:%M").to_string();
        if let Ok(Time::At(parsed)) = Time::parse(&local, DateTime::UNIX_EPOCH, zone) {
            // An existing local time is read as itself, at the first of its occurrences.
            let shown = parsed.with_timezone(&zone).naive_local().format("%Y-%m-%d %H:%M").to_string();
            prop_assert_eq!(shown, local);
            prop_assert!(parsed <= at);
        }
    }

    #[test]
    fn a_time_of_day_comes_within_two_days(h in 0_u8..24, m in 0_u8..60, now in now(), zone in zone()) {
        let parsed = Time::parse(&format!("{h}:{m:02}"), now, zone);
        let at = parsed.ok().and_then(Time::at);
        // A day of 25 hours, or one that the date line skipped.
        prop_assert!(at.is_some_and(|at| at > now && at <= now + TimeDelta::hours(49)), "{:?}", parsed);
    }
}
