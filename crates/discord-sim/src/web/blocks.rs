//! What panels are made of. The page knows how to show these, so that a panel needs no code there.

use serde::Serialize;
use serde_json::Value;

/// One piece of a panel. All text is shown as text, never as HTML.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Block {
    /// A heading over what follows.
    Heading {
        /// What it says.
        text: String,
    },
    /// A remark.
    Note {
        /// How it is meant.
        tone: Tone,
        /// What it says.
        text: String,
    },
    /// Rows of a table; those that changed are marked for a moment.
    Table(Table),
    /// What happened, in order.
    Timeline {
        /// From the oldest to the newest.
        entries: Vec<Entry>,
    },
    /// Something that is on or off.
    Switch {
        /// Its name for [`Panel::act`](super::Panel::act), which gets `true` or `false`.
        control: String,
        /// What it is called.
        label: String,
        /// What it does.
        about: String,
        /// Whether it is on.
        on: bool,
    },
    /// Something that is done once.
    Button {
        /// Its name for [`Panel::act`](super::Panel::act).
        control: String,
        /// What it is called.
        label: String,
        /// What it does.
        about: String,
    },
    /// One of several.
    Choose {
        /// Its name for [`Panel::act`](super::Panel::act), which gets the value as text.
        control: String,
        /// What it is called.
        label: String,
        /// What there is.
        choices: Vec<Choice>,
        /// The value of the one that is chosen.
        value: String,
    },
    /// A guided tour: the page marks the first step that is not done.
    Steps {
        /// In order.
        steps: Vec<Step>,
    },
}

/// How a remark, a cell or an entry is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Tone {
    /// As it is.
    Plain,
    /// It went well.
    Good,
    /// It is under way.
    Busy,
    /// It needs a look.
    Warning,
    /// It failed.
    Bad,
}

/// Rows of a database, for example.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// What the table is called.
    pub name: String,
    /// What it holds, in a few words.
    pub about: String,
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether there are more rows than these.
    pub more: bool,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What makes it the same row when something in it changes.
    pub key: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// A value in a [`Row`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Text, number, truth or nothing. Ids are text: a browser cannot count that far.
    pub value: Value,
    /// How it is meant.
    pub tone: Tone,
}

impl Cell {
    /// A value as it is.
    pub fn plain(value: impl Into<Value>) -> Self {
        Self::toned(value, Tone::Plain)
    }

    /// A value that means something.
    pub fn toned(value: impl Into<Value>, tone: Tone) -> Self {
        Self {
            value: value.into(),
            tone,
        }
    }
}

/// Something that happened, in a [`Block::Timeline`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// When, in unix milliseconds.
    pub at: i64,
    /// How it is meant.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// More about it; may be empty.
    pub detail: String,
}

/// An option of a [`Block::Choose`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// What [`Panel::act`](super::Panel::act) gets.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// A step of a [`Block::Steps`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What it is about.
    pub title: String,
    /// What to do, and what to look at.
    pub text: String,
    /// Lines of a script that do it, for those who would rather watch.
    pub lines: Vec<String>,
    /// The tab in which one sees it, if any.
    pub tab: Option<&'static str>,
    /// Whether it was done.
    pub done: bool,
}
