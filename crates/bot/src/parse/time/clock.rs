//! Times of day: `9:00`, `18:00:30`, `6pm`, `6:30 pm`, `noon`.

use chrono::NaiveTime;

/// Reads a lower-case text.
pub(super) fn parse(text: &str) -> Option<NaiveTime> {
    match text {
        "noon" => return NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" => return NaiveTime::from_hms_opt(0, 0, 0),
        _ => {}
    }
    if let Some(text) = text.strip_suffix("am") {
        return half_day(text.trim_end(), 0);
    }
    if let Some(text) = text.strip_suffix("pm") {
        return half_day(text.trim_end(), 12);
    }
    let mut parts = text.split(':');
    let hour = number(parts.next()?, 1..=2)?;
    let minute = number(parts.next()?, 2..=2)?;
    let second = parts
        .next()
        .map_or(Some(0), |second| number(second, 2..=2))?;
    if parts.next().is_some() {
        return None;
    }
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// `6` or `6:30` in the half of the day that begins at hour `offset`, where 12 comes first.
fn half_day(text: &str, offset: u32) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "00"));
    let hour = number(hour, 1..=2).filter(|hour| (1..=12).contains(hour))?;
    NaiveTime::from_hms_opt(hour % 12 + offset, number(minute, 2..=2)?, 0)
}

fn number(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && lengths.contains(&text.len())).then(|| text.parse().ok())?
}
