//! What people do.

/// One thing that a person does, somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The person's name.
    pub person: String,
    /// Where it happens.
    pub place: Place,
    /// What it is.
    pub what: What,
}

/// Where an act takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a text channel, by name.
    Channel(String),
    /// In the person's conversation with the bot.
    Dm,
}

/// The channel of an act that names none.
pub(crate) const DEFAULT_CHANNEL: &str = "general";

impl Default for Place {
    fn default() -> Self {
        Self::Channel(DEFAULT_CHANNEL.to_owned())
    }
}

/// What a person does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// Sends a message. `@name` and `#name` are mentions where the names exist.
    Say(String),
    /// Uses a slash command; the text without the slash: `ban member:@troll reason:"two words"`.
    Slash(String),
    /// Types a slash command without sending it, up to an option that the bot completes; the text
    /// without the slash: `case number:1`.
    Type(String),
    /// Presses the newest button with this label, or with this custom id.
    Click(String),
    /// Chooses options of the newest menu that has them, by label or value.
    Select(Vec<String>),
    /// Fills in the form that is open, by the custom ids or labels of its fields, and sends it.
    Submit(Vec<(String, String)>),
    /// Answers the newest message of someone else.
    Reply(String),
    /// Gives the newest of the person's own messages another text.
    Edit(String),
    /// Deletes the newest message of this person or of the bot; without a name, of the own ones.
    Delete(Option<String>),
    /// Uses a command of the menu of a person (by name), or of the newest message of someone else.
    Menu {
        /// The command: `Report user`.
        command: String,
        /// The person whose menu it is; nothing for the menu of a message.
        target: Option<String>,
    },
    /// Reacts to the newest message with this emoji; `:name:` for one of the guild's own.
    React(String),
    /// Takes the own reaction back from the newest message that has it.
    Unreact(String),
    /// Joins the guild of the channel; the first one when there is no such channel.
    Join,
    /// Leaves it.
    Leave,
}

impl Act {
    /// Says something in `general`.
    pub fn say(person: &str, text: &str) -> Self {
        Self::new(person, What::Say(text.to_owned()))
    }

    /// Uses a slash command in `general`; `text` without the slash.
    pub fn slash(person: &str, text: &str) -> Self {
        Self::new(person, What::Slash(text.to_owned()))
    }

    /// Presses a button in `general`.
    pub fn click(person: &str, label: &str) -> Self {
        Self::new(person, What::Click(label.to_owned()))
    }

    /// Does something in `general`.
    pub fn new(person: &str, what: What) -> Self {
        Self {
            person: person.to_owned(),
            place: Place::default(),
            what,
        }
    }

    /// The same, in another channel.
    #[must_use]
    pub fn in_channel(mut self, name: &str) -> Self {
        self.place = Place::Channel(name.to_owned());
        self
    }

    /// The same, in the conversation with the bot.
    #[must_use]
    pub fn in_dm(mut self) -> Self {
        self.place = Place::Dm;
        self
    }
}
