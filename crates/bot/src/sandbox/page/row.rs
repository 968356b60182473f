//! Rows of the database as the page shows them: chosen columns, never secrets.

use super::Seen;
use chrono::{DateTime, Utc};
use discord_sim::web::{Cell, Row, Tone};
use entity::{
    case_event, config_event, counter, log_channel, mod_case, obligation,
    value::{CaseState, ObligationState},
};

/// A table that the page shows.
pub(super) trait Shown {
    /// Its name in the database.
    const NAME: &'static str;
    /// What it holds.
    const ABOUT: &'static str;
    /// Its columns, as far as they are shown.
    const COLUMNS: &'static [&'static str];

    /// A row, with a name for everyone whose id it holds.
    fn row(&self, seen: &Seen) -> Row;
}

impl Shown for mod_case::Model {
    const NAME: &'static str = "mod_case";
    const ABOUT: &'static str = "what moderators did";
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "kind",
        "state",
        "target",
        "moderator",
        "reason",
        "expires_at",
        "version",
    ];

    fn row(&self, seen: &Seen) -> Row {
        Row {
            key: self.number.to_string(),
            cells: vec![
                Cell::plain(self.number),
                Cell::plain(self.kind.as_str()),
                Cell::toned(self.state.as_str(), case_tone(self.state)),
                Cell::plain(seen.name(self.target_id)),
                Cell::plain(seen.name(self.moderator_id)),
                Cell::plain(self.reason.as_str()),
                time(self.expires_at),
                Cell::plain(self.version),
            ],
        }
    }
}

impl Shown for obligation::Model {
    const NAME: &'static str = "obligation";
    const ABOUT: &'static str = "what is owed to Discord and to people";
    const COLUMNS: &'static [&'static str] = &[
        "case",
        "kind",
        "state",
        "attempts",
        "due_at",
        "last_error",
        "finished_at",
    ];

    fn row(&self, _seen: &Seen) -> Row {
        Row {
            key: self.id.to_string(),
            cells: vec![
                Cell::plain(self.case_number),
                Cell::plain(self.kind.as_str()),
                Cell::toned(self.state.as_str(), obligation_tone(self.state)),
                Cell::plain(self.attempts),
                time(Some(self.due_at)),
                Cell::toned(self.last_error.clone(), Tone::Bad),
                time(self.finished_at),
            ],
        }
    }
}

impl Shown for case_event::Model {
    const NAME: &'static str = "case_event";
    const ABOUT: &'static str = "what happened to each case, as a hash chain";
    const COLUMNS: &'static [&'static str] = &["number", "seq", "kind", "actor", "at", "hash"];

    fn row(&self, seen: &Seen) -> Row {
        let start = self.hash.iter().take(4);
        let hash: Vec<String> = start.map(|byte| format!("{byte:02x}")).collect();
        Row {
            key: format!("{}.{}", self.number, self.seq),
            cells: vec![
                Cell::plain(self.number),
                Cell::plain(self.seq),
                Cell::plain(self.kind.as_str()),
                Cell::plain(seen.name(self.actor_id)),
                time(Some(self.at)),
                Cell::plain(format!("{}…", hash.concat())),
            ],
        }
    }
}

impl Shown for counter::Model {
    const NAME: &'static str = "counter";
    const ABOUT: &'static str = "the last number that was given out";
    const COLUMNS: &'static [&'static str] = &["key", "last", "updated_at"];

    fn row(&self, _seen: &Seen) -> Row {
        Row {
            key: self.key.as_str().to_owned(),
            cells: vec![
                Cell::plain(self.key.as_str()),
                Cell::plain(self.last),
                time(Some(self.updated_at)),
            ],
        }
    }
}

impl Shown for log_channel::Model {
    const NAME: &'static str = "log_channel";
    const ABOUT: &'static str = "which log goes where";
    const COLUMNS: &'static [&'static str] = &["kind", "channel_id", "last_ok_at", "last_error"];

    fn row(&self, _seen: &Seen) -> Row {
        Row {
            key: self.kind.as_str().to_owned(),
            cells: vec![
                Cell::plain(self.kind.as_str()),
                Cell::plain(self.channel_id.to_string()),
                time(self.last_ok_at),
                Cell::toned(self.last_error.clone(), Tone::Bad),
            ],
        }
    }
}

impl Shown for config_event::Model {
    const NAME: &'static str = "config_event";
    const ABOUT: &'static str = "who changed which setting";
    const COLUMNS: &'static [&'static str] = &["seq", "key", "actor", "before", "after", "at"];

    fn row(&self, seen: &Seen) -> Row {
        let json = |value: &Option<serde_json::Value>| {
            Cell::plain(value.as_ref().map(ToString::to_string))
        };
        Row {
            key: self.seq.to_string(),
            cells: vec![
                Cell::plain(self.seq),
                Cell::plain(self.key.as_str()),
                Cell::plain(seen.name(self.actor_id)),
                json(&self.before),
                json(&self.after),
                time(Some(self.at)),
            ],
        }
    }
}

pub(super) fn case_tone(state: CaseState) -> Tone {
    match state {
        CaseState::Pending => Tone::Busy,
        CaseState::Active | CaseState::Done => Tone::Good,
        CaseState::Failed => Tone::Bad,
        _ => Tone::Plain,
    }
}

pub(super) fn obligation_tone(state: ObligationState) -> Tone {
    match state {
        ObligationState::Pending | ObligationState::Leased => Tone::Busy,
        ObligationState::Done => Tone::Good,
        ObligationState::Failed => Tone::Bad,
        ObligationState::Paused => Tone::Warning,
        ObligationState::Cancelled => Tone::Plain,
    }
}

/// A time as the database has it, in UTC and to the second.
fn time(at: Option<DateTime<Utc>>) -> Cell {
    Cell::plain(at.map(|at| at.format("%m-%d %H:%M:%S").to_string()))
}
