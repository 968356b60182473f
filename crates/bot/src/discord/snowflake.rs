//! The time in Discord's ids.

use chrono::{DateTime, Utc};

/// Milliseconds from 1970 to the first second of 2015, with which Discord's count of time begins.
const EPOCH_MS: i64 = 1_420_070_400_000;
/// The bits of an id below its time.
const SHIFT: u32 = 22;

/// The smallest id that can be given out at this time, to the millisecond; never zero.
pub fn snowflake_at(time: DateTime<Utc>) -> u64 {
    let ms = time.timestamp_millis().saturating_sub(EPOCH_MS);
    (u64::try_from(ms).unwrap_or_default() << SHIFT).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_sorts_by_its_time() {
        // Discord's own example: 175928847299117063 was given out at 2016-04-30 11:18:25.796 UTC.
        let time: DateTime<Utc> = "2016-04-30T11:18:25.796Z".parse().unwrap();
        assert_eq!(snowflake_at(time), 175_928_847_299_117_063 >> 22 << 22);
        assert_eq!(snowflake_at(DateTime::<Utc>::UNIX_EPOCH), 1);
    }
}
