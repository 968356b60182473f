//! Invites.

/// A way into a guild.
#[derive(Clone, Debug)]
pub(crate) struct Invite {
    pub(crate) code: String,
    pub(crate) guild: u64,
    pub(crate) channel: u64,
    pub(crate) author: u64,
    pub(crate) created_ms: i64,
    /// Seconds; 0 for ever.
    pub(crate) max_age: u64,
    /// 0 for as often as one likes.
    pub(crate) max_uses: u64,
    pub(crate) uses: u64,
    pub(crate) temporary: bool,
}

impl Invite {
    /// When it ends, in unix milliseconds.
    pub(crate) fn expires_ms(&self) -> Option<i64> {
        let age = i64::try_from(self.max_age).ok().filter(|age| *age > 0)?;
        Some(self.created_ms.saturating_add(age.saturating_mul(1_000)))
    }

    pub(crate) fn works_at(&self, now_ms: i64) -> bool {
        let used_up = self.max_uses > 0 && self.uses >= self.max_uses;
        !used_up && self.expires_ms().is_none_or(|end| end > now_ms)
    }
}
