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
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How many of the newest cases and obligations are looked at.
const RECENT: u64 = 200;

pub(super) struct Tour {
    seen: Seen,
    /// What was done stays done.
    progress: Mutex<Progress>,
}

#[derive(Clone, Default)]
struct Progress {
    /// How much of what Discord showed was looked at.
    looked: usize,
    done: BTreeSet<Deed>,
}

/// What a step is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Warned,
    TimedOut,
    Banned,
    Unbanned,
    /// A sanction that did not succeed at once was carried out in the end.
    Outlasted,
    /// The bot showed somebody the timeline of a case.
    Told,
}

impl Tour {
    pub(super) fn new(seen: Seen) -> Self {
        Self {
            seen,
            progress: Mutex::default(),
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn blocks(&self) -> Vec<Block> {
        let mut progress = self.progress().clone();
        self.look_at_discord(&mut progress);
        // Without the database the tour waits.
        let _read = self.seen.ask(self.look_at_cases(&mut progress)).await;
        let steps = steps(&progress.done);
        *self.progress() = progress;
        vec![Block::Steps { steps }]
    }

    /// What people saw.
    fn look_at_discord(&self, progress: &mut Progress) {
        let title = Message::new("case-timeline");
        let title = self.seen.data().texts.render(&Lang::english(), &title);
        let new = self.seen.sim.shown(progress.looked);
        progress.looked += new.len();
        for shown in &new {
            let deed = match shown.kind {
                ShownKind::Timeout => Deed::TimedOut,
                ShownKind::Ban => Deed::Banned,
                ShownKind::Unban => Deed::Unbanned,
                _ if has_embed(shown, &title) => Deed::Told,
                _ => continue,
            };
            progress.done.insert(deed);
        }
    }

    /// What the bot has recorded.
    async fn look_at_cases(&self, progress: &mut Progress) -> controllers::Result<()> {
        let data = self.seen.data();
        let guild = data.database.db().guild(self.seen.guild);
        let cases = guild.cases();
        let cases = cases.last_window(Everything, Keyset::key(), RECENT).await?;
        let warned = cases.items.iter().any(|case| {
            let stands = !matches!(case.state, CaseState::Pending | CaseState::Failed);
            case.kind == CaseKind::Warn && stands
        });
        progress.done.extend(warned.then_some(Deed::Warned));
        let obligations = guild.all_guilds().obligations();
        let owed = obligations
            .last_window(Everything, Keyset::key(), RECENT)
            .await?;
        let outlasted = owed.items.iter().any(|owed| {
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
        progress.done.extend(outlasted.then_some(Deed::Outlasted));
        Ok(())
    }
}

fn has_embed(shown: &Shown, title: &str) -> bool {
    shown.embeds.iter().any(|embed| embed["title"] == title)
}

fn steps(done: &BTreeSet<Deed>) -> Vec<Step> {
    let step = |title: &str, text: &str, lines: &[&str], tab, deeds: &[Deed]| Step {
        title: title.to_owned(),
        text: text.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        tab,
        done: deeds.iter().all(|deed| done.contains(deed)),
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
            &[Deed::Warned],
        ),
        step(
            "Put them in timeout",
            "`/timeout` with a duration such as `1h`. Then look at the members, or speak as the troll \
             and try to write.",
            &["mod: /timeout member:@troll duration:1h reason:\"still advertising\""],
            Some("Members"),
            &[Deed::TimedOut],
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
            &[Deed::Banned, Deed::Unbanned],
        ),
        step(
            "Let Discord fail in between",
            "In Faults, switch on “Discord cannot ban, kick or time out”, then `/ban` bob. The case is \
             recorded before Discord is asked, so it waits: see it in Case or Database.\nSwitch the \
             fault off, and the ban happens, once.",
            &[],
            Some("Faults"),
            &[Deed::Outlasted],
        ),
        step(
            "Read the timeline of a case",
            "`/case` with a number shows what happened when, what is owed and what went wrong. The tab \
             Case shows the same from the database.",
            &["mod: /case number:1"],
            Some("Case"),
            &[Deed::Told],
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
