//! Reacting to a message, and taking it back.

use super::Standing;
use crate::permissions::{ADD_REACTIONS, READ_MESSAGE_HISTORY};
use crate::refusal::Refusal;
use crate::state::{Emoji, Message, State};

impl State {
    pub(super) fn react(&mut self, standing: Standing, text: &str) -> Result<(), Refusal> {
        self.may(
            standing,
            ADD_REACTIONS | READ_MESSAGE_HISTORY,
            "add reactions",
        )?;
        let Standing { user, channel } = standing;
        let id = self.newest(standing, |_| true)?;
        let emoji = self.typed_emoji(text);
        Ok(self.add_reaction(user, (channel, id), &emoji)?)
    }

    pub(super) fn unreact(&mut self, standing: Standing, text: &str) -> Result<(), Refusal> {
        let Standing { user, channel } = standing;
        let emoji = self.typed_emoji(text);
        let own = |message: &Message| {
            let mut all = message.reactions.iter();
            all.any(|(known, who)| known.is(&emoji) && *who == user)
        };
        let id = self.newest(standing, own)?;
        Ok(self.remove_reaction(user, (channel, id), &emoji, user)?)
    }

    /// The newest message for everyone that fits.
    pub(super) fn newest(
        &self,
        standing: Standing,
        fits: impl Fn(&Message) -> bool,
    ) -> Result<u64, Refusal> {
        let all = self.messages.get(&standing.channel).into_iter().flatten();
        let mut fitting = all.rev().map(|(_, message)| message);
        let found = fitting.find(|message| message.ephemeral_for.is_none() && fits(message));
        found.map(|message| message.id).ok_or_else(|| {
            Refusal::NoMessage(self.shown_channel(standing.channel).unwrap_or_default())
        })
    }

    /// An emoji as people type it: the character, or `:name:` of one of the guild's own.
    fn typed_emoji(&self, text: &str) -> Emoji {
        let name = text.trim_matches(':');
        let mut own = self.guilds.values().flat_map(|guild| guild.emojis.values());
        match own.find(|emoji| emoji.name == name) {
            Some(emoji) => Emoji {
                id: Some(emoji.id),
                name: emoji.name.clone(),
                animated: false,
            },
            None => Emoji::parse(text),
        }
    }
}
