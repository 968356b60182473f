//! Who is measured.

use std::sync::atomic::{AtomicI64, Ordering};

use uuid::Uuid;

use crate::{ground, op::Op};

/// One way to do the operations.
#[async_trait::async_trait]
pub(crate) trait Contender: Send + Sync {
    /// Lays out what a bulk operation needs; not measured.
    async fn prepare(&self, op: Op, turn: Turn) -> anyhow::Result<()>;

    /// Does `op` once.
    async fn run(&self, op: Op, turn: Turn) -> anyhow::Result<()>;
}

/// Which call this is. All contenders are given the same ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// Which of the concurrent callers.
    pub(crate) worker: u64,
    /// Its how many-th call.
    pub(crate) n: u64,
}

impl Turn {
    /// A number below `limit` that jumps about, the same for the same turn.
    pub(crate) fn pick(self, limit: u64) -> u64 {
        // SplitMix64 over both numbers.
        let mut z = (self.worker << 40 | self.n).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    /// A value that differs from that of the turn before.
    pub(crate) fn weight(self) -> i64 {
        self.n.cast_signed() * 64 + self.worker.cast_signed() + 1
    }
}

/// The rows that only one contender changes, one for each worker, with the versions they are at.
pub(crate) struct Own {
    seat: u64,
    versions: [AtomicI64; Self::WORKERS],
}

impl Own {
    /// The most workers there are.
    pub(crate) const WORKERS: usize = 64;
    /// The most contenders there are.
    pub(crate) const SEATS: usize = 3;

    /// The rows of one contender, as they were laid.
    pub(crate) fn new(seat: u64) -> Self {
        Self {
            seat,
            versions: std::array::from_fn(|_| AtomicI64::new(1)),
        }
    }

    /// The worker's row and the version that it is at before this update.
    pub(crate) fn next(&self, turn: Turn) -> (Uuid, i64) {
        let worker = usize::try_from(turn.worker).unwrap_or_default() % Self::WORKERS;
        let version = self.versions[worker].fetch_add(1, Ordering::Relaxed);
        (
            ground::id(self.seat * Self::WORKERS as u64 + worker as u64),
            version,
        )
    }
}
