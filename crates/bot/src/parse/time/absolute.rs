//! Dates, with or without a time and an offset: `2027-03-05`, `2027-03-05 10:00+02:00`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::clock;
use super::local;

/// The length of `YYYY-MM-DD`.
const DATE_LENGTH: usize = 10;

/// A date and a time, in the zone of the reader unless it has an offset.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Absolute {
    local: NaiveDateTime,
    offset: Option<FixedOffset>,
}

impl Absolute {
    /// Reads a lower-case text.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let date = date(text.get(..DATE_LENGTH)?)?;
        let rest = &text[DATE_LENGTH..];
        if rest.is_empty() {
            return Some(Self {
                local: date.and_time(NaiveTime::MIN),
                offset: None,
            });
        }
        let rest = rest.strip_prefix(['t', ' '])?;
        let (time, offset) = match rest.strip_suffix('z') {
            Some(time) => (time, FixedOffset::east_opt(0)),
            None => match rest.find(['+', '-']) {
                Some(sign) => (&rest[..sign], Some(offset(&rest[sign..])?)),
                None => (rest, None),
            },
        };
        let time = clock::parse(time.trim_end())?;
        Some(Self {
            local: date.and_time(time),
            offset,
        })
    }

    /// The moment; `None` when it is out of range.
    pub(super) fn instant(&self, zone: Tz) -> Option<DateTime<Utc>> {
        match self.offset {
            Some(offset) => Some(self.local.checked_sub_offset(offset)?.and_utc()),
            None => local::instant(self.local, zone),
        }
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let well_formed = [(year, 4), (month, 2), (day, 2)]
        .into_iter()
        .all(|(part, length)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    if !well_formed {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `+02:00`, `+0200` or `+02`.
fn offset(text: &str) -> Option<FixedOffset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = match text[1..].split_once(':') {
        Some((hours, minutes)) if hours.len() == 2 && minutes.len() == 2 => {
            format!("{hours}{minutes}")
        }
        Some(_) => return None,
        None if text.len() == 3 => format!("{}00", &text[1..]),
        None => text[1..].to_owned(),
    };
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = (number / 100, number % 100);
    if minutes >= 60 {
        return None;
    }
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}
