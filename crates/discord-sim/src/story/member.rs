//! People, by what they do.

use crate::act::{Act, Place, What};
use crate::refusal::Refusal;
use crate::sim::Sim;

/// The guild in which a story takes place: [`Sim::guild`].
#[derive(Clone, Copy, Debug)]
pub struct Guild<'a> {
    pub(super) sim: &'a Sim,
}

impl<'a> Guild<'a> {
    /// Someone, by name.
    pub fn member(self, name: &str) -> Member<'a> {
        Member {
            sim: self.sim,
            name: name.to_owned(),
            place: Place::default(),
        }
    }
}

/// Someone in a story. What they do has taken effect when the call returns; what the bot makes of it
/// has not, and is awaited with [`Sim::expect`].
///
/// # Panics
/// Every deed panics when Discord's client would refuse it; [`tries`](Self::tries) does not.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    sim: &'a Sim,
    name: String,
    place: Place,
}

impl Member<'_> {
    /// The same person, in another channel.
    #[must_use]
    pub fn in_channel(mut self, name: &str) -> Self {
        self.place = Place::Channel(name.to_owned());
        self
    }

    /// The same person, in their conversation with the bot.
    #[must_use]
    pub fn in_private(mut self) -> Self {
        self.place = Place::Dm;
        self
    }

    /// Writes a message; `@name` and `#name` become mentions.
    #[track_caller]
    pub fn says(&self, text: &str) {
        self.does(What::Say(text.to_owned()));
    }

    /// Answers the newest message of someone else.
    #[track_caller]
    pub fn replies(&self, text: &str) {
        self.does(What::Reply(text.to_owned()));
    }

    /// Gives the newest of the own messages another text.
    #[track_caller]
    pub fn edits(&self, text: &str) {
        self.does(What::Edit(text.to_owned()));
    }

    /// Deletes the newest of the own messages.
    #[track_caller]
    pub fn deletes(&self) {
        self.does(What::Delete(None));
    }

    /// Uses a slash command, written without the slash: `ban member:@troll reason:"two words"`.
    #[track_caller]
    pub fn slash(&self, command: &str) {
        self.does(What::Slash(command.to_owned()));
    }

    /// Types a slash command up to an option that the bot completes.
    #[track_caller]
    pub fn types(&self, command: &str) {
        self.does(What::Type(command.to_owned()));
    }

    /// Uses a command of someone's menu.
    #[track_caller]
    pub fn uses_menu_of(&self, person: &str, command: &str) {
        self.does(What::Menu {
            command: command.to_owned(),
            target: Some(person.to_owned()),
        });
    }

    /// Uses a command of the menu of the newest message of someone else.
    #[track_caller]
    pub fn uses_message_menu(&self, command: &str) {
        self.does(What::Menu {
            command: command.to_owned(),
            target: None,
        });
    }

    /// Presses the newest button of this label or custom id.
    #[track_caller]
    pub fn clicks(&self, label: &str) {
        self.does(What::Click(label.to_owned()));
    }

    /// Chooses these options of the newest menu that has them.
    #[track_caller]
    pub fn selects(&self, options: &[&str]) {
        let options = options.iter().map(|option| (*option).to_owned());
        self.does(What::Select(options.collect()));
    }

    /// Fills in the open form, by labels or custom ids, and sends it.
    #[track_caller]
    pub fn submits(&self, fields: &[(&str, &str)]) {
        let fields = fields.iter();
        let fields = fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.does(What::Submit(fields.collect()));
    }

    /// Reacts to the newest message.
    #[track_caller]
    pub fn reacts(&self, emoji: &str) {
        self.does(What::React(emoji.to_owned()));
    }

    /// Takes a reaction back.
    #[track_caller]
    pub fn unreacts(&self, emoji: &str) {
        self.does(What::Unreact(emoji.to_owned()));
    }

    /// Joins the guild.
    #[track_caller]
    pub fn joins(&self) {
        self.does(What::Join);
    }

    /// Leaves the guild.
    #[track_caller]
    pub fn leaves(&self) {
        self.does(What::Leave);
    }

    /// Tries something that may be refused.
    ///
    /// # Errors
    /// A [`Refusal`] with what Discord's client would say.
    pub fn tries(&self, what: What) -> Result<(), Refusal> {
        self.sim.act(&Act {
            person: self.name.clone(),
            place: self.place.clone(),
            what,
        })
    }

    #[track_caller]
    #[expect(
        clippy::panic,
        reason = "a story in which someone cannot do what they do"
    )]
    fn does(&self, what: What) {
        let line = what.to_string();
        if let Err(refusal) = self.tries(what) {
            let Self { sim, name, .. } = self;
            panic!(
                "{name} cannot {line}: {refusal}; what happened:\n{}",
                sim.transcript()
            );
        }
    }
}
