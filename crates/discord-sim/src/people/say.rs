//! Sending a message.

use super::Standing;
use crate::limits;
use crate::refusal::Refusal;
use crate::state::{Message, State};

impl State {
    pub(super) fn say(&mut self, standing: Standing, text: &str) -> Result<(), Refusal> {
        self.may_talk(standing)?;
        let content = self.with_mentions(text.trim());
        let length = content.chars().count();
        if length == 0 {
            return Err(Refusal::EmptyMessage);
        }
        if length > limits::CONTENT {
            return Err(Refusal::TooLong {
                length,
                max: limits::CONTENT,
            });
        }
        let mut message = Message::new(self.ids.next(), standing.channel, standing.user);
        message.content = content;
        self.post(message);
        Ok(())
    }
}
