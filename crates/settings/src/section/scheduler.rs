//! `[scheduler]`: the workers that carry out obligations.

use std::time::Duration;

use super::section;

section! {
    /// The workers that carry out obligations.
    pub struct Scheduler("scheduler.") {
        /// How long a worker owns an obligation before another one may take it over.
        lease: Duration = Duration::from_secs(20);
        /// How often due work is looked for when nothing announced it.
        poll: Duration = Duration::from_secs(5);
    }
}
