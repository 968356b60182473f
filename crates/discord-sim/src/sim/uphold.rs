//! Discord's descriptions are upheld: what violates them fails the test.

use super::Sim;

impl Sim {
    /// What was found wrong with requests, answers and events since this was last asked, each with
    /// the route or the event that it concerns. Who asks has been told: it fails nothing any more.
    ///
    /// Without the feature `validate` nothing is looked at. With it, whatever nobody asked for makes
    /// [`settled`](Self::settled) and the end of a handle panic, with the transcript.
    pub fn violations(&self) -> Vec<String> {
        self.shared.lock().checks.take()
    }

    /// Fails the test when something was violated.
    pub(super) fn uphold(&self) {
        let found = self.violations();
        assert!(
            found.is_empty(),
            "Discord's descriptions are violated:\n{}\n\nwhat happened:\n{}",
            found.join("\n"),
            self.transcript()
        );
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        // A test that fails already has something else to say.
        if !std::thread::panicking() {
            self.uphold();
        }
    }
}
