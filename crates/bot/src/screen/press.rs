//! One press of a button, or one choice of a select.

use super::Viewer;
use crate::{
    command::{InGuild, Reply},
    data::Data,
    failure::Result,
    text::Lang,
};
use poise::serenity_prelude as serenity;
use serenity::{
    ComponentInteraction, ComponentInteractionDataKind, Context, CreateAllowedMentions,
    CreateInteractionResponseFollowup, EditInteractionResponse,
};

/// A press that was admitted.
pub struct Press<'a> {
    /// serenity's context.
    pub ctx: &'a Context,
    /// What everything shares.
    pub data: &'a Data,
    /// The press as Discord told of it.
    pub interaction: &'a ComponentInteraction,
    /// The language of the answer.
    pub lang: Lang,
    /// The guild and the person in it as they are now; `None` in a direct message.
    pub place: Option<InGuild>,
    pub(super) args: String,
}

impl Press<'_> {
    /// What the custom id says beside the screen and the owner.
    pub fn args(&self) -> &str {
        &self.args
    }

    /// The values chosen in a select of words; none for a button.
    pub fn values(&self) -> &[String] {
        match &self.interaction.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => values,
            _ => &[],
        }
    }

    /// The person as somebody who looks at a screen.
    pub fn viewer(&self) -> Viewer<'_> {
        Viewer {
            data: self.data,
            lang: &self.lang,
            user_id: self.interaction.user.id,
            place: self.place.as_ref(),
        }
    }

    /// Puts `reply` in the place of everything that the message has shown so far. Nobody is pinged.
    ///
    /// # Errors
    /// [`crate::failure::Failure::Discord`].
    pub async fn redraw(&self, reply: Reply) -> Result<serenity::Message> {
        let reply = self.viewer().note_age(reply);
        let edit = EditInteractionResponse::new()
            .content(reply.content)
            .embeds(reply.embeds)
            .components(reply.components)
            .allowed_mentions(CreateAllowedMentions::new());
        Ok(self.interaction.edit_response(&self.ctx.http, edit).await?)
    }

    /// Tells the person alone; the message stays as it is. Nobody is pinged.
    ///
    /// # Errors
    /// [`crate::failure::Failure::Discord`].
    pub async fn tell(&self, reply: Reply) -> Result<serenity::Message> {
        let followup = CreateInteractionResponseFollowup::new()
            .content(reply.content)
            .embeds(reply.embeds)
            .components(reply.components)
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true);
        Ok(self
            .interaction
            .create_followup(&self.ctx.http, followup)
            .await?)
    }
}
