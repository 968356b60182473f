//! How often, and how soon, a transaction runs again.

use std::time::Duration;

/// Bounds on running a transaction closure again after a transient error.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    /// Most runs in total, at least one.
    pub attempts: u32,
    /// Most delay before the second run; it doubles with every further one.
    pub base: Duration,
    /// Most delay ever.
    pub cap: Duration,
}

impl Retry {
    /// Once.
    pub const NEVER: Self = Self {
        attempts: 1,
        base: Duration::ZERO,
        cap: Duration::ZERO,
    };

    /// Five times within about a second.
    pub const DEFAULT: Self = Self {
        attempts: 5,
        base: Duration::from_millis(20),
        cap: Duration::from_millis(500),
    };

    /// Full jitter: anything up to the bound, so that colliding writers do not meet again.
    pub(crate) fn delay(&self, runs_so_far: u32) -> Duration {
        let doublings = runs_so_far.saturating_sub(1).min(16);
        let bound = self.base.saturating_mul(1 << doublings).min(self.cap);
        bound.mul_f64(rand::random::<f64>())
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::DEFAULT
    }
}
