//! Typing a slash command without sending it: the bot offers values for the last option.

use super::Standing;
use super::option::Typed;
use super::slash::{Called, command_data};
use crate::refusal::Refusal;
use crate::state::State;

impl State {
    pub(super) fn type_slash(&mut self, standing: Standing, text: &str) -> Result<(), Refusal> {
        let words = self.command_words(standing, text)?;
        let command = self.usable_command(standing, &words)?;
        let called = Called::find(&command, &words)?;
        let mut typed = Typed::new(called.path.clone(), called.level);
        let (last, before) = called
            .rest
            .split_last()
            .map_or(("", called.rest), |(l, b)| (l, b));
        for word in before {
            typed.add(self, standing, word)?;
        }
        let focused = typed.focused(last)?;
        // What is missing may still be typed.
        let (mut values, resolved) = typed.so_far();
        values.push(focused);
        let data = command_data(&command, &called.nest(values), resolved);
        self.ask(standing.asks(4), &data, None, Some(called.path))?;
        Ok(())
    }
}
