//! Five steps for somebody who is here for the first time. A step is done when what it is about has
//! happened, however it came about.

use super::Seen;
use crate::text::{Lang, Message};
use controllers::{Everything, Keyset, Paginate};
use discord_sim::{
    Shown, ShownKind,
    web::{Block, Doing, Panel, Step},
};
use entity::value::{CaseKind, CaseState, ObligationKind, ObligationState};
use serde_json::Value;
use std::sync::{Mutex, PoisonError};

/// How many of the newest cases and obligations are looked at.
const RECENT: u64 = 200;

pub(super) struct Tour {
    seen: Seen,
    /// What was done stays done.
    progress: Mutex<Progress>,
}

#[derive(Clone, Copy, Default)]
struct Progress {
    /// How much of what Discord showed was looked at.
    looked: usize,
    warned: bool,
    timed_out: bool,
    banned: bool,
    unbanned: bool,
    outage: bool,
    timeline: bool,
}

impl Tour {
    pub(super) fn new(seen: Seen) -> Self {
        Self {
            seen,
            progress: Mutex::default(),
        }
    }

    async fn blocks(&self) -> Vec<Block> {
        let mut progress = *self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        self.look_at_discord(&mut progress);
        // Without the database the tour waits.
        let _read = self.seen.ask(self.look_at_cases(&mut progress)).await;
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = progress;
        vec![Block::Steps {
            steps: steps(progress),
        }]
    }

    /// What people saw.
    fn look_at_discord(&self, progress: &mut Progress) {
        let title = Message::new("case-timeline");
        let title = self.seen.data().texts.render(&Lang::english(), &title);
        let new = self.seen.sim.shown(progress.looked);
        progress.looked += new.len();
        for shown in &new {
            match shown.kind {
                ShownKind::Timeout => progress.timed_out = true,
                ShownKind::Ban => progress.banned = true,
                ShownKind::Unban => progress.unbanned |= progress.banned,
                _ => progress.timeline |= has_embed(shown, &title),
            }
        }
    }

    /// What the bot has recorded.
    async fn look_at_cases(&self, progress: &mut Progress) -> controllers::Result<()> {
        let data = self.seen.data();
        let guild = data.database.db().guild(self.seen.guild);
        let cases = guild.cases();
        let cases = cases.last_window(Everything, Keyset::key(), RECENT).await?;
        progress.warned |= cases.items.iter().any(|case| {
            let stands = !matches!(case.state, CaseState::Pending | CaseState::Failed);
            case.kind == CaseKind::Warn && stands
        });
        let obligations = guild.all_guilds().obligations();
        let owed = obligations
            .last_window(Everything, Keyset::key(), RECENT)
            .await?;
        progress.outage |= owed.items.iter().any(|owed| {
            let sanction = matches!(
                owed.kind,
                ObligationKind::Ban
                    | ObligationKind::Unban
                    | ObligationKind::Kick
                    | ObligationKind::Timeout
                    | ObligationKind::TimeoutClear
            );
            sanction && owed.state == ObligationState::Done && owed.attempts > 1
        });
        Ok(())
    }
}

fn has_embed(shown: &Shown, title: &str) -> bool {
    shown.embeds.iter().any(|embed| embed["title"] == title)
}

fn steps(progress: Progress) -> Vec<Step> {
    let step = |title: &str, text: &str, lines: &[&str], tab, done| Step {
        title: title.to_owned(),
        text: text.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        tab,
        done,
    };
    vec![
        step(
            "Warn somebody",
            "You speak as the moderator. Type `/warn`, choose the troll and give a reason, or write \
             `!warn @troll -reason no advertising`.\nThe troll is told by direct message, and the log \
             has a line.",
            &[
                "troll: BUY NOW http://spam.invalid",
                "mod: /warn member:@troll reason:\"no advertising\"",
            ],
            Some("Log"),
            progress.warned,
        ),
        step(
            "Put them in timeout",
            "`/timeout` with a duration such as `1h`. Then look at the members, or speak as the troll \
             and try to write.",
            &["mod: /timeout member:@troll duration:1h reason:\"still advertising\""],
            Some("Members"),
            progress.timed_out,
        ),
        step(
            "Ban, and change your mind",
            "`/ban` the troll, then `/unban`. Every action is a case with a number of its own.",
            &[
                "mod: /ban member:@troll reason:\"advertising after two warnings\"",
                "mod: !unban @troll -reason appealed and apologised",
                "troll: join",
            ],
            Some("Members"),
            progress.banned && progress.unbanned,
        ),
        step(
            "Let Discord fail in between",
            "In Faults, switch on “Discord cannot ban, kick or time out”, then `/ban` bob. The case is \
             recorded before Discord is asked, so it waits: see it in Case or Database.\nSwitch the \
             fault off, and the ban happens, once.",
            &[],
            Some("Faults"),
            progress.outage,
        ),
        step(
            "Read the timeline of a case",
            "`/case` with a number shows what happened when, what is owed and what went wrong. The tab \
             Case shows the same from the database.",
            &["mod: /case number:1"],
            Some("Case"),
            progress.timeline,
        ),
    ]
}

impl Panel for Tour {
    fn tab(&self) -> &'static str {
        "Tour"
    }

    fn look(&self) -> Doing<'_, Vec<Block>> {
        Box::pin(self.blocks())
    }

    fn act<'a>(
        &'a self,
        _control: &'a str,
        _value: &'a Value,
    ) -> Doing<'a, Option<Result<(), String>>> {
        Box::pin(async { None })
    }
}
