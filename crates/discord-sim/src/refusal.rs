//! What Discord's client says to a person who cannot do something.

use thiserror::Error;

use crate::error::ApiError;

/// Why an act did not happen, in words for the person who tried.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// There is nobody of that name.
    #[error("there is no person called {name}; there are: {}", list(known))]
    UnknownPerson {
        /// The name that was given.
        name: String,
        /// Everyone there is.
        known: Vec<String>,
    },
    /// There is no channel of that name.
    #[error("there is no channel #{name}; there are: {}", list(known))]
    UnknownChannel {
        /// The name that was given.
        name: String,
        /// Every channel there is.
        known: Vec<String>,
    },
    /// There is no role of that name.
    #[error("there is no role {name}; there are: {}", list(known))]
    UnknownRole {
        /// The name that was given.
        name: String,
        /// Every role there is.
        known: Vec<String>,
    },
    /// The person is not in the guild.
    #[error("{0} is not in the server")]
    NotMember(String),
    /// The person is in the guild already.
    #[error("{0} is already in the server")]
    AlreadyMember(String),
    /// The person is banned and cannot join.
    #[error("{0} is banned from the server")]
    Banned(String),
    /// The channel is hidden from the person.
    #[error("{person} cannot see #{channel}")]
    HiddenChannel {
        /// Who tried.
        person: String,
        /// Where.
        channel: String,
    },
    /// The person is in timeout.
    #[error("{0} is in timeout and cannot send messages or use commands")]
    TimedOut(String),
    /// The person lacks a permission.
    #[error("You do not have permission to {what} in #{channel}")]
    NoPermission {
        /// What was tried: "send messages".
        what: &'static str,
        /// Where.
        channel: String,
    },
    /// The person has written in the channel too short a time ago.
    #[error("#{channel} is in slowmode; wait {seconds} s")]
    Slowmode {
        /// Where.
        channel: String,
        /// How long it still takes.
        seconds: u64,
    },
    /// The message is empty.
    #[error("the message is empty")]
    EmptyMessage,
    /// The message has too many characters.
    #[error("the message has {length} characters; at most {max} are allowed")]
    TooLong {
        /// How many it has.
        length: usize,
        /// How many it may have.
        max: usize,
    },
    /// Nobody is there to take messages: bots cannot act, and a stranger has no server in common.
    #[error("{0} has no server in common with the bot, so no direct message can be sent")]
    NoCommonGuild(String),
    /// The bot is not registered for such a command.
    #[error("unknown command /{name}; there are: {}", list(known))]
    UnknownCommand {
        /// The command that was given, with its sub-commands.
        name: String,
        /// The commands at that place.
        known: Vec<String>,
    },
    /// The menu has no such command.
    #[error("the menu has no command {name:?}; there are: {}", list(known))]
    UnknownMenu {
        /// The command that was given.
        name: String,
        /// The commands of the menu.
        known: Vec<String>,
    },
    /// The command is hidden from people without certain permissions.
    #[error("/{name} needs the permissions {}", list(missing))]
    HiddenCommand {
        /// The command.
        name: String,
        /// What the person lacks.
        missing: Vec<String>,
    },
    /// The command has no such option.
    #[error("/{command} has no option {option}; it has: {}", list(known))]
    UnknownOption {
        /// The command.
        command: String,
        /// The option that was given.
        option: String,
        /// Every option it has.
        known: Vec<String>,
    },
    /// The bot completes no such option of the command.
    #[error(
        "the bot does not complete {option:?} of /{command}; it completes: {}",
        list(known)
    )]
    NoCompletion {
        /// The command.
        command: String,
        /// The option that was being typed.
        option: String,
        /// The options that the bot completes.
        known: Vec<String>,
    },
    /// A word is not of the form `option:value`.
    #[error(
        "{text:?} in /{command} is not of the form option:value; the options are: {}",
        list(known)
    )]
    NotAnOption {
        /// The command.
        command: String,
        /// The word.
        text: String,
        /// Every option it has.
        known: Vec<String>,
    },
    /// An option must be there.
    #[error("/{command} needs {}", list(missing))]
    MissingOption {
        /// The command.
        command: String,
        /// The options that are missing.
        missing: Vec<String>,
    },
    /// An option is named twice.
    #[error("{option} is given twice")]
    TwiceGiven {
        /// The option.
        option: String,
    },
    /// A value does not fit its option.
    #[error("{value:?} does not fit {option}: {expected}")]
    BadValue {
        /// The option.
        option: String,
        /// The value that was given.
        value: String,
        /// What is possible.
        expected: String,
    },
    /// A quote is not closed.
    #[error("a quote is not closed in: {0}")]
    OpenQuote(String),
    /// There is no button of that name which the person can press.
    #[error("there is no button {label:?} to press; there are: {}", list(known))]
    NoButton {
        /// The label that was given.
        label: String,
        /// The labels of all buttons that can be pressed.
        known: Vec<String>,
    },
    /// There is no menu with these options.
    #[error("no menu offers {}; there are: {}", list(wanted), list(known))]
    NoMenu {
        /// The options that were given.
        wanted: Vec<String>,
        /// Every option that can be chosen.
        known: Vec<String>,
    },
    /// No form is open, or it has no such field.
    #[error(
        "no open form has the fields {}; there are: {}",
        list(wanted),
        list(known)
    )]
    NoForm {
        /// The fields that were given.
        wanted: Vec<String>,
        /// The fields of the open form.
        known: Vec<String>,
    },
    /// There is no message to react to.
    #[error("there is no message to react to in #{0}")]
    NoMessage(String),
    /// Discord refused for another reason.
    #[error("Discord says: {message} ({code})")]
    Discord {
        /// Discord's code.
        code: u32,
        /// Discord's words.
        message: String,
    },
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Discord {
            code: error.code,
            message: error.message.to_owned(),
        }
    }
}
