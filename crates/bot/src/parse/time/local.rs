//! From the time on somebody's clock to the one moment that it means.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Gaps begin and end at quarters of an hour; the longest one, at the date line, took a whole day.
const STEP: TimeDelta = TimeDelta::minutes(15);
const MAX_STEPS: i32 = 25 * 4;

/// The moment at which clocks in `zone` show `local`.
///
/// A time that exists twice is the first one. One that a change of the clock skips is moved forward by the length of
/// the gap, as if the clock had not been changed yet. `None` when it is out of range.
pub(super) fn instant(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    if let Some(at) = zone.from_local_datetime(&local).earliest() {
        return Some(at.to_utc());
    }
    let before_gap = (1..=MAX_STEPS).find_map(|steps| {
        let earlier = local.checked_sub_signed(STEP * steps)?;
        zone.from_local_datetime(&earlier).latest()
    })?;
    let offset = before_gap.offset().fix();
    Some(local.checked_sub_offset(offset)?.and_utc())
}
