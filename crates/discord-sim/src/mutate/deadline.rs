//! What people see when the bot does not answer them in time.

use std::time::Duration;

use crate::interaction::Interaction;
use crate::limits;
use crate::shown::{Shown, ShownKind};
use crate::state::State;

impl State {
    /// Lets the deadlines pass that lie behind the clock. The clock may be moved by anyone at any
    /// time, so this is done whenever someone looks at the state.
    pub(crate) fn pass_deadlines(&mut self) {
        if self.interactions.waiting.is_empty() {
            return;
        }
        let now = self.now_ms();
        let waiting: Vec<u64> = self.interactions.waiting.iter().copied().collect();
        for id in waiting {
            let deadline = self.deadline(id);
            if deadline.is_some_and(|deadline| deadline >= now) {
                continue;
            }
            self.interactions.waiting.remove(&id);
            if deadline.is_some() {
                self.show_no_response(id);
            }
        }
    }

    /// How long it takes until the next deadline passes.
    pub(crate) fn until_deadline(&self) -> Option<Duration> {
        let waiting = self.interactions.waiting.iter();
        let next = waiting.filter_map(|id| self.deadline(*id)).min()?;
        // A deadline has passed one millisecond after it.
        let ms = next.saturating_add(1).saturating_sub(self.now_ms());
        Some(Duration::from_millis(u64::try_from(ms).unwrap_or(0)))
    }

    /// Until when something must be answered, in unix milliseconds; nothing when it is.
    fn deadline(&self, id: u64) -> Option<i64> {
        let interaction = self.interactions.by_id.get(&id)?;
        if !interaction.acknowledged {
            return Some(interaction.created_ms + limits::ACKNOWLEDGE_MS);
        }
        let answer = self.message(interaction.asked.channel, interaction.original?);
        let thinking = answer.is_ok_and(|message| message.deferred);
        thinking.then_some(interaction.created_ms + limits::TOKEN_MS)
    }

    fn show_no_response(&mut self, id: u64) {
        let Some(interaction) = self.interactions.by_id.get(&id) else {
            return;
        };
        let mut shown = Shown::new(ShownKind::NoResponse);
        shown.content = Some(complaint(interaction).to_owned());
        let interaction = interaction.clone();
        self.show_to(&interaction, shown);
    }
}

/// The client's own words.
fn complaint(interaction: &Interaction) -> &'static str {
    match interaction.asked.kind {
        3 => "This interaction failed",
        4 => "Loading options failed",
        5 => "Something went wrong. Try again.",
        _ => "The application did not respond",
    }
}
