//! One use of a command, as the command sees it.

use super::{Args, Entry, InGuild, Spec, decide};
use crate::{
    data::Data,
    failure::{Failure, Result, refuse},
    parse::suggest,
    permission::Decision,
    screen::Viewer,
    text::{Args as TextArgs, Lang, Message, code},
};
use controllers::{Db, GuildDb};
use poise::{CreateReply, serenity_prelude as serenity};
use serenity::{CreateActionRow, CreateAllowedMentions, CreateEmbed};
use service::Pool;

/// poise's context with our types.
pub type Ctx<'a> = poise::Context<'a, Data, Failure>;

/// How commands reach the database.
pub trait DbContext {
    /// All controllers.
    fn db(&self) -> Db<'_, Pool>;

    /// The controllers of the guild that the command was used in.
    ///
    /// # Errors
    /// `err-guild-only` in a direct message; [`Failure::StorageAway`].
    fn guild_db(&self) -> Result<GuildDb<'_, Pool>>;
}

impl DbContext for Ctx<'_> {
    fn db(&self) -> Db<'_, Pool> {
        self.data().database.db()
    }

    fn guild_db(&self) -> Result<GuildDb<'_, Pool>> {
        let guild = self.guild_id().ok_or_else(|| refuse("err-guild-only"))?;
        self.data().storage.here()?;
        Ok(DbContext::db(self).guild(guild.get().cast_signed()))
    }
}

impl DbContext for Call<'_> {
    fn db(&self) -> Db<'_, Pool> {
        DbContext::db(&self.ctx)
    }

    fn guild_db(&self) -> Result<GuildDb<'_, Pool>> {
        self.ctx.guild_db()
    }
}

/// One use of a command: who, where, and with which arguments.
pub struct Call<'a> {
    /// poise's context.
    pub ctx: Ctx<'a>,
    /// The command.
    pub spec: &'static Spec,
    /// What it was given.
    pub args: Args,
    /// The language of the answer.
    pub lang: Lang,
    /// The guild and the caller in it; `None` in a direct message.
    pub place: Option<InGuild>,
}

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// Plain text, at most 2,000 characters.
    pub content: String,
    /// At most 10.
    pub embeds: Vec<CreateEmbed>,
    /// Buttons and selects, at most 5 rows.
    pub components: Vec<CreateActionRow>,
}

impl Reply {
    /// Plain text.
    pub fn text(content: impl Into<String>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }

    /// An embed.
    pub fn embed(embed: CreateEmbed) -> Self {
        Self {
            embeds: vec![embed],
            ..Self::default()
        }
    }

    /// The same with components.
    #[must_use]
    pub fn with_components(self, components: Vec<CreateActionRow>) -> Self {
        Self { components, ..self }
    }
}

impl<'a> Call<'a> {
    /// What all commands share.
    pub fn data(&self) -> &'a Data {
        self.ctx.data()
    }

    /// The guild and the caller in it.
    ///
    /// # Errors
    /// `err-guild-only` in a direct message.
    pub fn in_guild(&self) -> Result<&InGuild> {
        self.place.as_ref().ok_or_else(|| refuse("err-guild-only"))
    }

    /// The caller as somebody who looks at a screen.
    pub fn viewer(&self) -> Viewer<'_> {
        Viewer {
            data: self.data(),
            lang: &self.lang,
            user_id: self.ctx.author().id,
            place: self.place.as_ref(),
        }
    }

    /// Whether the bot's settings name the caller as an operator.
    pub fn is_operator(&self) -> bool {
        self.data().operators.contains(&self.ctx.author().id.get())
    }

    /// Whether the caller may use a command here.
    pub fn decide(&self, spec: &Spec) -> Decision {
        decide(spec, self.data(), self.ctx.author().id, self.place.as_ref())
    }

    /// The command that a parameter names.
    ///
    /// # Errors
    /// `err-arg-missing`, or `permissions-command-unknown` with what was probably meant.
    pub fn named_command(&self, parameter: &'static str) -> Result<&'a Entry> {
        let name = self.args.required_text(parameter)?;
        let commands = &self.data().commands;
        commands.find(name).ok_or_else(|| {
            let paths = commands.entries().map(|entry| entry.path.as_str());
            let suggestions: Vec<_> = suggest(name, paths).into_iter().map(code).collect();
            Message::new("permissions-command-unknown")
                .with("command", code(name))
                .with("count", suggestions.len())
                .with("suggestions", suggestions.join(", "))
                .into()
        })
    }

    /// A text without values in the language of the answer.
    pub fn text(&self, id: &str) -> String {
        self.data().texts.get(&self.lang, id, &TextArgs::new())
    }

    /// A text with its values in the language of the answer.
    pub fn say(&self, message: &Message) -> String {
        self.data().texts.get(&self.lang, message.id, &message.args)
    }

    /// Answers. Nobody is pinged.
    ///
    /// # Errors
    /// [`Failure::Discord`].
    pub async fn reply(&self, reply: Reply) -> Result<serenity::Message> {
        let reply = self.viewer().note_age(reply);
        let mut create = CreateReply::default()
            .reply(true)
            .allowed_mentions(CreateAllowedMentions::new())
            .components(reply.components);
        if !reply.content.is_empty() {
            create = create.content(reply.content);
        }
        for embed in reply.embeds {
            create = create.embed(embed);
        }
        let handle = self.ctx.send(create).await?;
        Ok(handle.into_message().await?)
    }

    /// Answers with a text.
    ///
    /// # Errors
    /// [`Failure::Discord`].
    pub async fn answer(&self, message: &Message) -> Result<serenity::Message> {
        self.reply(Reply::text(self.say(message))).await
    }
}
