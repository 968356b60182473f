//! How many frames a client may send: 120 in 60 seconds.
//!
//! <https://discord.com/developers/docs/events/gateway#rate-limiting>

use std::collections::VecDeque;

const FRAMES: usize = 120;
const WINDOW_MS: i64 = 60_000;

/// What one connection has sent lately.
#[derive(Debug, Default)]
pub(crate) struct SendLimit {
    /// When, on Discord's clock, oldest first.
    sent: VecDeque<i64>,
}

impl SendLimit {
    /// Counts a frame. Answers whether it was within the limit.
    pub(crate) fn allows(&mut self, now_ms: i64) -> bool {
        while self
            .sent
            .front()
            .is_some_and(|sent| now_ms - sent >= WINDOW_MS)
        {
            self.sent.pop_front();
        }
        if self.sent.len() == FRAMES {
            return false;
        }
        self.sent.push_back(now_ms);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_takes_120_frames_and_the_next_one_as_many() {
        let mut limit = SendLimit::default();
        assert!((0..120).all(|n| limit.allows(n)));
        assert!(!limit.allows(59_999));
        assert!(limit.allows(60_000));
        assert!(!limit.allows(60_000));
    }
}
