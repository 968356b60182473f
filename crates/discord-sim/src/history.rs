//! Everything in the order in which it happened, for the one who asks why a test failed.

use std::fmt::Write as _;

use crate::state::State;

/// One thing that happened.
#[derive(Clone, Debug)]
pub(crate) enum Happening {
    /// What Discord showed, by its place among what was shown.
    Shown(usize),
    /// What the bot asked, by its place in the ledger.
    Request(usize),
    /// What the bot was told.
    Event(&'static str),
    /// What went wrong on purpose.
    Fault(String),
}

impl State {
    /// Takes note of something.
    pub(crate) fn note(&mut self, happening: Happening) {
        self.history.push(happening);
    }

    /// Takes note of what went wrong with the gateway on purpose.
    pub(crate) fn note_gateway(&mut self, what: &str) {
        self.note(Happening::Fault(format!("gateway: {what}")));
    }

    /// Everything so far, a line each.
    pub(crate) fn transcript_text(&self) -> String {
        let mut text = String::new();
        for happening in &self.history {
            let line = match happening {
                Happening::Shown(index) => self.transcript.all.get(*index).map(ToString::to_string),
                Happening::Request(index) => self
                    .ledger
                    .requests
                    .get(*index)
                    .map(|request| format!("  > {request}")),
                Happening::Event(name) => Some(format!("  < {name}")),
                Happening::Fault(what) => Some(format!("  ! {what}")),
            };
            // Writing into a text does not fail.
            let _written = writeln!(text, "{}", line.unwrap_or_default());
        }
        text
    }
}
