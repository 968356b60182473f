//! How often clients may identify.
//!
//! <https://discord.com/developers/docs/events/gateway#session-start-limit-object>

use std::collections::HashMap;

use serde_json::{Value, json};

/// The time in which a bucket starts as many shards as it has places.
const BUCKET_MS: i64 = 5_000;
/// The time after which all session starts are given back.
const RESET_MS: i64 = 24 * 60 * 60 * 1_000;

/// How often clients may identify: Discord's session start limit, on Discord's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionStarts {
    /// How often in 24 hours. One who identifies more often loses all sessions and the token: every
    /// connection is closed with 4004, now and later.
    pub total: u32,
    /// How many shards may identify within five seconds; a shard belongs to the bucket of its number
    /// modulo this. One that comes too early is told that its session is invalid (op 9).
    pub max_concurrency: u64,
}

impl Default for SessionStarts {
    /// What Discord grants a new bot: 1,000 a day, one every five seconds.
    fn default() -> Self {
        Self {
            total: 1_000,
            max_concurrency: 1,
        }
    }
}

/// What comes of a wish to identify.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Granted,
    TooEarly,
    /// All of the day's starts are used: the token is gone.
    Spent,
}

/// The starts so far.
#[derive(Debug, Default)]
pub(crate) struct Starts {
    /// Nothing counts them when there is no limit.
    pub(crate) limit: Option<SessionStarts>,
    used: u32,
    /// When the running day began.
    since_ms: Option<i64>,
    /// When each bucket was last used.
    buckets: HashMap<u64, i64>,
    /// Whether the token was taken away.
    pub(crate) token_lost: bool,
}

impl Starts {
    pub(crate) fn begin(&mut self, shard: u64, now_ms: i64) -> Start {
        let Some(limit) = self.limit else {
            return Start::Granted;
        };
        if self.since_ms.is_none_or(|since| now_ms - since >= RESET_MS) {
            self.since_ms = Some(now_ms);
            self.used = 0;
        }
        if self.used >= limit.total {
            self.token_lost = true;
            return Start::Spent;
        }
        let bucket = shard % limit.max_concurrency.max(1);
        let last = self.buckets.get(&bucket);
        if last.is_some_and(|last| now_ms - last < BUCKET_MS) {
            return Start::TooEarly;
        }
        self.buckets.insert(bucket, now_ms);
        self.used += 1;
        Start::Granted
    }

    /// `session_start_limit` of `GET /gateway/bot`.
    pub(crate) fn json(&self, now_ms: i64) -> Value {
        let limit = self.limit.unwrap_or_default();
        let passed = self.since_ms.map_or(0, |since| now_ms - since);
        let reset_after = (RESET_MS - passed).max(0);
        json!({
            "total": limit.total,
            "remaining": limit.total.saturating_sub(self.used),
            "reset_after": reset_after,
            "max_concurrency": limit.max_concurrency,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(total: u32, max_concurrency: u64) -> Starts {
        Starts {
            limit: Some(SessionStarts {
                total,
                max_concurrency,
            }),
            ..Starts::default()
        }
    }

    #[test]
    fn each_bucket_starts_one_shard_in_five_seconds() {
        let mut starts = starts(10, 2);
        assert_eq!(starts.begin(0, 0), Start::Granted);
        assert_eq!(starts.begin(1, 0), Start::Granted);
        assert_eq!(starts.begin(2, 4_999), Start::TooEarly);
        assert_eq!(starts.begin(2, 5_000), Start::Granted);
    }

    #[test]
    fn a_day_has_so_many_starts_and_the_next_day_again() {
        let mut starts = starts(1, 1);
        assert_eq!(starts.begin(0, 0), Start::Granted);
        assert_eq!(starts.json(1_000)["remaining"], 0);
        assert_eq!(starts.json(1_000)["reset_after"], RESET_MS - 1_000);
        assert_eq!(starts.begin(0, RESET_MS), Start::Granted);
        assert!(!starts.token_lost);
        assert_eq!(starts.begin(0, RESET_MS + 6_000), Start::Spent);
        assert!(starts.token_lost);
    }
}
