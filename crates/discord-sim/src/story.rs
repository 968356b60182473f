//! A test that reads like a story: who does what, and what Discord shows of it.

mod expect;
mod member;

use std::panic::Location;
use std::time::Duration;

pub use expect::Expected;
pub use member::{Guild, Member};
use tokio::time::timeout;

use crate::shown::Shown;
use crate::sim::Sim;
use crate::state::State;

/// How long something is waited for, on the machine's clock. Nothing takes nearly as long, so that
/// only a test that fails waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

impl Sim {
    /// The first guild, whose members act in `#general` unless it is said where.
    pub fn guild(&self) -> Guild<'_> {
        Guild { sim: self }
    }

    /// Waits until Discord shows something, and answers it. What was shown before the last thing that
    /// was expected does not count; so two expectations are two things, one after the other.
    ///
    /// # Panics
    /// When it is not shown in 20 seconds, with everything that happened instead.
    #[track_caller]
    pub fn expect(&self, what: impl Into<Expected>) -> impl Future<Output = Shown> + Send {
        let (what, line) = (what.into(), Location::caller());
        async move {
            let came = self.shared.wait_until(|state| state.peek(&what).is_some());
            let came = timeout(PATIENCE, came).await.is_ok();
            let found = self.shared.lock().consume(&what).filter(|_| came);
            found.unwrap_or_else(|| self.fail(line, &format!("{what} was expected")))
        }
    }

    /// Waits until bot and simulator are at rest, and makes sure that something was not shown since
    /// the last thing that was expected.
    ///
    /// # Panics
    /// When it was, with everything that happened.
    #[track_caller]
    pub fn expect_no(&self, what: impl Into<Expected>) -> impl Future<Output = ()> + Send {
        let (what, line) = (what.into(), Location::caller());
        async move {
            self.settled().await;
            let found = self.shared.lock().peek(&what);
            if found.is_some() {
                self.fail(line, &format!("{what} was not expected"));
            }
        }
    }

    /// Lets time pass on Discord's clock, and waits until the bot has dealt with what follows.
    pub async fn advance(&self, time: Duration) {
        self.clock.advance(time);
        self.shared.progress();
        self.settled().await;
    }

    /// Ends the test.
    #[expect(clippy::panic, reason = "an expectation of a test that was not met")]
    fn fail(&self, line: &Location<'_>, what: &str) -> ! {
        panic!("{line}: {what}; what happened:\n{}", self.transcript())
    }
}

impl State {
    /// Where something was shown that nobody has expected yet.
    fn peek(&self, what: &Expected) -> Option<usize> {
        let new = self.transcript.all.iter().enumerate().skip(self.expected);
        let bot = self.name_of(self.bot_id);
        new.filter(|(_, shown)| what.fits(shown, &bot))
            .map(|(at, _)| at)
            .next()
    }

    fn consume(&mut self, what: &Expected) -> Option<Shown> {
        let at = self.peek(what)?;
        self.expected = at + 1;
        self.transcript.all.get(at).cloned()
    }
}
