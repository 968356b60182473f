//! What happened to a case, and what is still owed for it, line by line.

use super::card::Reader;
use crate::{
    moderation::{Cause, words},
    screen::Viewer,
    text::{Message, date_time, escape_markdown, excerpt, relative},
};
use chrono::{DateTime, Utc};
use entity::{
    case_event, obligation,
    value::{CaseEventKind, ObligationState},
};

/// The longest description of the embed; the card before it needs its part of Discord's 6,000.
const DESCRIPTION: usize = 2_800;
/// Longest text of a person or of Discord in a line.
const DETAIL: usize = 120;

/// A line and its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    at: DateTime<Utc>,
    text: String,
}

/// Everything that the reader may see, in the order of time. What is owed stands where it ended or
/// falls due.
pub(super) fn entries(
    viewer: Viewer<'_>,
    reader: Reader,
    events: &[case_event::Model],
    owed: &[obligation::Model],
) -> Vec<Entry> {
    let events = events
        .iter()
        .filter(|event| reader == Reader::Staff || !is_internal(event.kind))
        .map(|event| Entry {
            at: event.at,
            text: happened(viewer, reader, event),
        });
    let owed = owed.iter().map(|owed| Entry {
        at: owed.finished_at.unwrap_or(owed.due_at),
        text: promised(viewer, owed),
    });
    let mut entries: Vec<Entry> = events.chain(owed).collect();
    // Stable: of the same moment, events come before what followed from them.
    entries.sort_by_key(|entry| entry.at);
    entries
}

/// What staff keep to themselves.
fn is_internal(kind: CaseEventKind) -> bool {
    matches!(
        kind,
        CaseEventKind::Commented
            | CaseEventKind::Evidence
            | CaseEventKind::Logged
            | CaseEventKind::Retried
    )
}

fn happened(viewer: Viewer<'_>, reader: Reader, event: &case_event::Model) -> String {
    let actor = match reader {
        Reader::Staff => format!("<@{}>", event.actor_id),
        Reader::Target => viewer.text("case-actor-staff"),
    };
    viewer.say(
        &Message::new("case-event")
            .with("event", event.kind.as_str())
            .with("actor", actor)
            .with("detail", detail(viewer, reader, event)),
    )
}

/// What an event says beside its kind and who did it.
fn detail(viewer: Viewer<'_>, reader: Reader, event: &case_event::Model) -> String {
    let fact = |name: &str| event.data[name].as_str();
    match event.kind {
        CaseEventKind::Failed => match fact("code").and_then(Cause::parse) {
            Some(cause) => words::why(viewer.data, viewer.lang, cause),
            None => fact("detail").unwrap_or_default().to_owned(),
        },
        CaseEventKind::Commented => match fact("given_up") {
            Some(kind) => viewer.say(&Message::new("case-given-up").with("obligation", kind)),
            None => String::new(),
        },
        CaseEventKind::Edited => edited(viewer, reader, event),
        CaseEventKind::Lifted | CaseEventKind::Superseded => {
            fact("by").unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

fn edited(viewer: Viewer<'_>, reader: Reader, event: &case_event::Model) -> String {
    let data = &event.data;
    let mut changes = Vec::new();
    if let Some(before) = data["texts"]["reason_before"].as_str() {
        changes.push(match reader {
            Reader::Staff => {
                let before = escape_markdown(&excerpt(before, DETAIL));
                viewer.say(&Message::new("case-edited-reason").with("before", before))
            }
            Reader::Target => viewer.text("cases-edited-reason"),
        });
    }
    if let Some(end) = data.get("expires_at") {
        let end = end.as_str().and_then(|end| end.parse().ok());
        changes.push(match end {
            Some(end) => {
                viewer.say(&Message::new("cases-edited-until").with("until", date_time(end)))
            }
            None => viewer.text("cases-edited-forever"),
        });
    }
    changes.join(&viewer.text("list-separator"))
}

fn promised(viewer: Viewer<'_>, owed: &obligation::Model) -> String {
    let kind = Message::new("case-obligation").with("obligation", owed.kind.as_str());
    let error = owed.last_error.as_deref().unwrap_or_default();
    let state = Message::new("case-obligation-state")
        .with("state", owed.state.as_str())
        .with("attempts", owed.attempts)
        .with("when", relative(owed.due_at))
        .with("detail", escape_markdown(&excerpt(error, DETAIL)));
    let line = format!("{}: {}", viewer.say(&kind), viewer.say(&state));
    if owed.state != ObligationState::Pending || error.is_empty() {
        return line;
    }
    let last = Message::new("case-obligation-last")
        .with("detail", escape_markdown(&excerpt(error, DETAIL)));
    format!("{line} {}", viewer.say(&last))
}

/// The newest entries that an embed holds, oldest first, with the number of those left out.
pub(super) fn within_an_embed(viewer: Viewer<'_>, entries: Vec<Entry>) -> String {
    let lines: Vec<String> = entries
        .into_iter()
        .map(|entry| format!("{} {}", date_time(entry.at), entry.text))
        .collect();
    let left_out = leading_to_leave_out(&lines);
    let mut shown = Vec::new();
    if left_out > 0 {
        shown.push(viewer.say(&Message::new("case-timeline-earlier").with("count", left_out)));
    }
    shown.extend(lines.into_iter().skip(left_out));
    shown.join("\n")
}

/// How many lines have to go for the rest to fit.
fn leading_to_leave_out(lines: &[String]) -> usize {
    let mut length = 0;
    let fitting = lines.iter().rev().take_while(|line| {
        length += line.chars().count() + 1;
        length <= DESCRIPTION
    });
    lines.len() - fitting.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_timeline_is_whole_and_a_long_one_keeps_its_newest_lines() {
        let line = "x".repeat(99);
        assert_eq!(leading_to_leave_out(&vec![line.clone(); 28]), 0);
        assert_eq!(leading_to_leave_out(&vec![line; 29]), 1);
        assert_eq!(leading_to_leave_out(&[]), 0);
    }
}
