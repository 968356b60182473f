//! Who looks at a screen.

use super::{CustomId, Screen};
use crate::{
    command::{DbContext, Entry, InGuild, Reply, Spec, place},
    data::Data,
    failure::{Failure, Result, refuse},
    permission::Decision,
    text::{Args, Lang, Message},
};
use controllers::{Db, GuildDb};
use poise::serenity_prelude::{ButtonStyle, CreateButton, UserId};
use service::Pool;

/// Most characters of a message beside its embeds.
const CONTENT: usize = 2_000;

/// Who looks at a screen, where, and in which language. All that drawing needs, whether a command
/// shows the screen for the first time or a press asks for another view of it.
#[derive(Clone, Copy)]
pub struct Viewer<'a> {
    /// What everything shares.
    pub data: &'a Data,
    /// The language of the screen.
    pub lang: &'a Lang,
    /// The person, who alone may press.
    pub user_id: UserId,
    /// The guild and the person in it; `None` in a direct message.
    pub place: Option<&'a InGuild>,
}

impl<'a> Viewer<'a> {
    /// The guild and the person in it.
    ///
    /// # Errors
    /// `err-guild-only` in a direct message.
    pub fn in_guild(&self) -> Result<&'a InGuild> {
        self.place.ok_or_else(|| refuse("err-guild-only"))
    }

    /// A text without values.
    pub fn text(&self, id: &str) -> String {
        self.data.texts.get(self.lang, id, &Args::new())
    }

    /// A text with its values.
    pub fn say(&self, message: &Message) -> String {
        self.data.texts.render(self.lang, message)
    }

    /// Says under what is shown that the rules behind it are as of before, when they are.
    pub(crate) fn note_age(&self, mut reply: Reply) -> Reply {
        if let Some(note) = self.place.and_then(InGuild::stale_note) {
            let note = self.say(&note);
            if reply.content.chars().count() + note.chars().count() < CONTENT {
                if !reply.content.is_empty() {
                    reply.content.push('\n');
                }
                reply.content.push_str(&note);
            }
        }
        reply
    }

    /// Whether the person may use a command here.
    pub fn decide(&self, spec: &Spec) -> Decision {
        place::decide(spec, self.data, self.user_id, self.place)
    }

    /// Whether the person may use a command here, or one of the group.
    pub fn may_use(&self, entry: &Entry) -> bool {
        let may = |entry: &Entry| {
            entry
                .spec
                .is_some_and(|spec| self.decide(spec).is_allowed())
        };
        may(entry) || self.data.commands.below(&entry.path).any(may)
    }

    /// The custom id of a component of `S`, good for this person in this place. `args` come back as
    /// [`super::Press::args`]; they hold no colon, and must differ within a message.
    ///
    /// # Errors
    /// [`Failure::CustomId`] when they are too long.
    pub fn custom_id<S: Screen>(&self, args: impl Into<String>) -> Result<String> {
        let id = CustomId {
            screen: S::NAME.to_owned(),
            args: args.into(),
            owner: self.user_id.get(),
        };
        let guild_id = self.place.map_or(0, |place| place.guild.id.get());
        let signed = self.data.signer.sign(&id, guild_id);
        signed.ok_or(Failure::CustomId(S::NAME))
    }

    /// A grey button of `S` that shows the text `label`.
    ///
    /// # Errors
    /// As [`Viewer::custom_id`].
    pub fn button<S: Screen>(&self, args: impl Into<String>, label: &str) -> Result<CreateButton> {
        Ok(CreateButton::new(self.custom_id::<S>(args)?)
            .style(ButtonStyle::Secondary)
            .label(self.text(label)))
    }
}

impl DbContext for Viewer<'_> {
    fn db(&self) -> Db<'_, Pool> {
        self.data.database.db()
    }

    fn guild_db(&self) -> Result<GuildDb<'_, Pool>> {
        let guild_id = self.in_guild()?.guild.id;
        self.data.storage.here()?;
        Ok(self.db().guild(guild_id.get().cast_signed()))
    }
}
