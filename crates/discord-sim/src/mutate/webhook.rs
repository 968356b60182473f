//! Later answers to an interaction, through its token.

use super::Content;
use super::messages::fill;
use crate::error::ApiError;
use crate::interaction::Interaction;
use crate::state::State;

impl State {
    /// Another answer. The first one after "the bot is thinking" takes that message's place.
    pub(crate) fn follow_up(&mut self, token: &str, content: Content) -> Result<u64, ApiError> {
        let interaction = self.interactions.by_token(token, self.now_ms())?.clone();
        if content.is_empty() {
            return Err(ApiError::EMPTY_MESSAGE);
        }
        let channel = interaction.asked.channel;
        let waiting = interaction.original.filter(|id| {
            self.message(channel, *id)
                .is_ok_and(|message| message.deferred)
        });
        if let Some(id) = waiting {
            self.rewrite(
                channel,
                id,
                Content {
                    flags: 0,
                    ..content
                },
            )?;
            return Ok(id);
        }
        let mut message = self.answer_message(&interaction, content.flags);
        fill(&mut message, content);
        Ok(self.post(message))
    }

    /// The message that a token and a name (`@original` or an id) stand for, with its channel.
    pub(crate) fn webhook_message(&self, token: &str, name: &str) -> Result<(u64, u64), ApiError> {
        let interaction = self.interactions.by_token(token, self.now_ms())?;
        let id = message_id(interaction, name)?;
        let channel = interaction.asked.channel;
        let message = self.message(channel, id)?;
        if message.author == self.bot_id {
            Ok((channel, id))
        } else {
            Err(ApiError::UNKNOWN_MESSAGE)
        }
    }

    pub(crate) fn webhook_edit(
        &mut self,
        token: &str,
        name: &str,
        edit: Content,
    ) -> Result<(u64, u64), ApiError> {
        let (channel, id) = self.webhook_message(token, name)?;
        self.rewrite(channel, id, edit)?;
        Ok((channel, id))
    }

    pub(crate) fn webhook_delete(&mut self, token: &str, name: &str) -> Result<(), ApiError> {
        let (channel, id) = self.webhook_message(token, name)?;
        self.remove_message(channel, id)
    }
}

fn message_id(interaction: &Interaction, name: &str) -> Result<u64, ApiError> {
    if name == "@original" {
        return interaction.original.ok_or(ApiError::UNKNOWN_MESSAGE);
    }
    name.parse().map_err(|_| ApiError::UNKNOWN_MESSAGE)
}
