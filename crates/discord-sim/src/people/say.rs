//! Writing, answering, correcting and taking back.

use super::Standing;
use crate::limits;
use crate::mutate::Actor;
use crate::permissions::BYPASS_SLOWMODE;
use crate::refusal::Refusal;
use crate::snowflake::time_of;
use crate::state::{Message, State};

impl State {
    pub(super) fn say(
        &mut self,
        standing: Standing,
        text: &str,
        reply_to: Option<u64>,
    ) -> Result<(), Refusal> {
        self.may_talk(standing)?;
        let content = self.checked_text(text)?;
        self.not_too_soon(standing)?;
        self.enter_thread(standing.user, standing.channel)?;
        let mut message = Message::new(self.ids.next(), standing.channel, standing.user);
        message.content = content;
        message.reply_to = reply_to;
        self.post(message);
        Ok(())
    }

    /// Answers the newest message that is not one's own.
    pub(super) fn reply(&mut self, standing: Standing, text: &str) -> Result<(), Refusal> {
        let to = self.newest(standing, |message| message.author != standing.user)?;
        self.say(standing, text, Some(to))
    }

    /// Gives the newest of one's own messages another text.
    pub(super) fn correct(&mut self, standing: Standing, text: &str) -> Result<(), Refusal> {
        let content = self.checked_text(text)?;
        let id = self.newest(standing, |message| message.author == standing.user)?;
        Ok(self.change_text(standing.channel, id, content)?)
    }

    /// Deletes the newest message of someone: one's own, or another's with the permission to.
    pub(super) fn take_back(
        &mut self,
        standing: Standing,
        of: Option<&str>,
    ) -> Result<(), Refusal> {
        let author = match of {
            Some(name) => self.person_or_bot(name)?,
            None => standing.user,
        };
        let id = self.newest(standing, |message| message.author == author)?;
        let actor = Actor::new(standing.user);
        Ok(self.delete(&actor, standing.channel, id)?)
    }

    fn checked_text(&self, text: &str) -> Result<String, Refusal> {
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
        Ok(content)
    }

    /// Slowmode: so many seconds between two messages of one person. Bots are not held to it.
    fn not_too_soon(&self, standing: Standing) -> Result<(), Refusal> {
        let channel = self.channel(standing.channel)?;
        let free = self.bits_in(standing.user, channel) & BYPASS_SLOWMODE != 0;
        if channel.slowmode == 0 || free {
            return Ok(());
        }
        let all = self.messages.get(&channel.id).into_iter().flatten();
        let mut own = all
            .rev()
            .filter(|(_, message)| message.author == standing.user);
        let Some((last, _)) = own.next() else {
            return Ok(());
        };
        let wait = i64::try_from(channel.slowmode).unwrap_or(i64::MAX) * 1_000;
        let left = time_of(*last) + wait - self.now_ms();
        if left <= 0 {
            return Ok(());
        }
        Err(Refusal::Slowmode {
            channel: channel.name.clone(),
            seconds: u64::try_from(left).unwrap_or(0).div_ceil(1_000),
        })
    }
}
