//! The panel of one case: what happened to it, and what is still owed.

use super::{
    Seen,
    row::{case_tone, obligation_tone},
};
use crate::text::{Lang, Message, relative};
use controllers::{Everything, Keyset, Paginate};
use discord_sim::web::{Block, Choice, Doing, Entry, Panel, Tone};
use entity::{
    case_event, mod_case, obligation,
    value::{CaseEventKind, ObligationState},
};
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many of the newest cases one can choose from.
const CASES: u64 = 25;
/// The choice of whichever case is the newest.
const NEWEST: &str = "newest";

pub(super) struct CaseTimeline {
    seen: Seen,
    /// The number of the case that was chosen; `None` follows the newest.
    chosen: Mutex<Option<i64>>,
}

/// A case with everything about it.
struct Story {
    case: mod_case::Model,
    events: Vec<case_event::Model>,
    owed: Vec<obligation::Model>,
}

impl CaseTimeline {
    pub(super) fn new(seen: Seen) -> Self {
        Self {
            seen,
            chosen: Mutex::default(),
        }
    }

    fn chosen(&self) -> MutexGuard<'_, Option<i64>> {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn blocks(&self) -> Vec<Block> {
        match self.seen.ask(self.read()).await {
            Ok((cases, Some(story))) => self.tell(&cases, &story),
            Ok((_, None)) => vec![note(
                Tone::Plain,
                "There is no case yet. Warn somebody, and watch what becomes of it here.",
            )],
            Err(why) => vec![note(Tone::Bad, &why)],
        }
    }

    async fn read(&self) -> controllers::Result<(Vec<mod_case::Model>, Option<Story>)> {
        let data = self.seen.data();
        let guild = data.database.db().guild(self.seen.guild);
        let cases = guild.cases();
        let newest = cases.last_window(Everything, Keyset::key(), CASES).await?;
        let cases: Vec<_> = newest.items.into_iter().rev().collect();
        let chosen = *self.chosen();
        let case = cases
            .iter()
            .find(|case| chosen.is_none_or(|number| number == case.number));
        let Some(case) = case.cloned() else {
            return Ok((cases, None));
        };
        let events = guild.case_events().timeline(case.number).await?;
        let obligations = guild.all_guilds().obligations();
        let owed = obligations.of_case(guild.id(), case.number).await?;
        Ok((cases, Some(Story { case, events, owed })))
    }

    fn tell(&self, cases: &[mod_case::Model], story: &Story) -> Vec<Block> {
        let Story { case, events, owed } = story;
        let chosen = *self.chosen();
        let newest = Choice {
            value: NEWEST.to_owned(),
            label: "the newest case".to_owned(),
        };
        let each = cases.iter().map(|case| Choice {
            value: case.number.to_string(),
            label: format!(
                "#{} · {} · {}",
                case.number,
                case.kind,
                self.seen.name(case.target_id)
            ),
        });
        let open = owed.iter().filter(|owed| is_open(owed.state)).count();
        let mut entries: Vec<Entry> = events.iter().map(|event| self.happened(event)).collect();
        entries.extend(owed.iter().map(|owed| self.promised(owed)));
        // Stable: of the same moment, events come before what followed from them.
        entries.sort_by_key(|entry| entry.at);
        vec![
            Block::Choose {
                control: "case".to_owned(),
                label: "Case".to_owned(),
                choices: std::iter::once(newest).chain(each).collect(),
                value: chosen.map_or_else(|| NEWEST.to_owned(), |number| number.to_string()),
            },
            note(
                case_tone(case.state),
                &format!(
                    "Case #{}: {} of {} is {}. {}",
                    case.number,
                    case.kind,
                    self.seen.name(case.target_id),
                    case.state,
                    match open {
                        0 => "Nothing is owed any more.".to_owned(),
                        1 => "One obligation is open.".to_owned(),
                        open => format!("{open} obligations are open."),
                    }
                ),
            ),
            Block::Timeline { entries },
        ]
    }

    fn happened(&self, event: &case_event::Model) -> Entry {
        let fact = |name: &str| event.data[name].as_str().unwrap_or_default().to_owned();
        let detail = match event.kind {
            CaseEventKind::Failed => fact("code"),
            CaseEventKind::Lifted | CaseEventKind::Superseded => fact("by"),
            _ => String::new(),
        };
        let text = Message::new("case-event")
            .with("event", event.kind.as_str())
            .with("actor", self.seen.name(event.actor_id))
            .with("detail", detail);
        Entry {
            at: event.at.timestamp_millis(),
            tone: match event.kind {
                CaseEventKind::Effective => Tone::Good,
                CaseEventKind::Failed => Tone::Bad,
                CaseEventKind::Retried => Tone::Warning,
                _ => Tone::Plain,
            },
            title: self.say(&text),
            detail: format!("event {} of the chain", event.seq),
        }
    }

    /// What is owed stands where it ended or falls due.
    fn promised(&self, owed: &obligation::Model) -> Entry {
        let kind = Message::new("case-obligation").with("obligation", owed.kind.as_str());
        let state = Message::new("case-obligation-state")
            .with("state", owed.state.as_str())
            .with("attempts", owed.attempts)
            .with("when", relative(owed.due_at))
            .with("detail", owed.last_error.clone().unwrap_or_default());
        let tries = Message::new("case-attempts").with("attempts", owed.attempts);
        let mut detail = vec![format!("obligation, {}", self.say(&tries))];
        let failed_before = owed.last_error.as_ref().filter(|_| is_open(owed.state));
        detail.extend(failed_before.map(|error| format!("last: {error}")));
        Entry {
            at: owed.finished_at.unwrap_or(owed.due_at).timestamp_millis(),
            tone: obligation_tone(owed.state),
            title: format!("{}: {}", self.say(&kind), self.say(&state)),
            detail: detail.join("; "),
        }
    }

    fn say(&self, message: &Message) -> String {
        self.seen.data().texts.render(&Lang::english(), message)
    }
}

fn is_open(state: ObligationState) -> bool {
    matches!(
        state,
        ObligationState::Pending | ObligationState::Leased | ObligationState::Paused
    )
}

fn note(tone: Tone, text: &str) -> Block {
    Block::Note {
        tone,
        text: text.to_owned(),
    }
}

impl Panel for CaseTimeline {
    fn tab(&self) -> &'static str {
        "Case"
    }

    fn look(&self) -> Doing<'_, Vec<Block>> {
        Box::pin(self.blocks())
    }

    fn act<'a>(
        &'a self,
        control: &'a str,
        value: &'a Value,
    ) -> Doing<'a, Option<Result<(), String>>> {
        Box::pin(async move {
            if control != "case" {
                return None;
            }
            // Anything that is no number follows the newest.
            *self.chosen() = value.as_str().and_then(|number| number.parse().ok());
            Some(Ok(()))
        })
    }
}
