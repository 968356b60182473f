//! Lines of a script or a prompt: `mod: !ban @troll`, `wait 1h`, `restart`.

mod parse;
mod print;

use std::time::Duration;

use thiserror::Error;

use crate::act::Act;

/// One line of a script or a prompt. Its `Display` is a line that parses back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Line {
    /// A person does something.
    Act(Act),
    /// Time passes, for Discord and the bot alike.
    Wait(Duration),
    /// The bot is killed and started again.
    Restart,
    /// A remark, without its `#`.
    Comment(String),
    /// Nothing.
    Empty,
    /// Asks what can be written.
    Help,
}

/// Why a line could not be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum LineError {
    /// There is no colon, and it is none of the words that stand alone.
    #[error(
        "{0:?} is not understood: write `person: text`, `person: /command`, `wait 1h`, `restart` \
         or `help`"
    )]
    NotUnderstood(String),
    /// There is no name before the colon, or one with a space in it.
    #[error(
        "{0:?} is not a person: write `person: text`, `person#channel: text` or `person@bot: text`"
    )]
    NotAPerson(String),
    /// There is nothing after the colon.
    #[error("{0} does nothing: write something after the colon")]
    NothingDone(String),
    /// The time is not one.
    #[error("{0:?} is not a time: write a number and a unit, such as `90s`, `10m`, `1h` or `2d`")]
    NotATime(String),
    /// A quote is not closed, or a form's field is not of the form `field:value`.
    #[error("{0:?} is not understood: write `field:value`, with quotes around more than one word")]
    NotAField(String),
}

/// The words with which an act begins that is no message, and what they need.
pub(crate) const VERBS: [&str; 12] = [
    "type", "click", "select", "submit", "react", "unreact", "reply", "edit", "delete", "menu",
    "join", "leave",
];
