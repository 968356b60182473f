//! A decision in words.

use crate::{
    command::{Call, InGuild, Spec},
    permission::{Decision, Outcome, Rank, RankSource, Required, RequiredBy, Step, api_name},
    text::Message,
};
use poise::serenity_prelude::Permissions;

/// One line for each step, and the verdict with what would change it.
pub(super) fn explain(
    call: &Call<'_>,
    place: &InGuild,
    spec: &Spec,
    decision: &Decision,
) -> Vec<String> {
    let words = Words { call, place, spec };
    let mut lines: Vec<String> = decision
        .steps
        .iter()
        .map(|(step, outcome)| {
            let outcome = match outcome {
                Outcome::Passes => "passes",
                Outcome::Allows => "allows",
                Outcome::Refuses(_) => "refuses",
            };
            let line = Message::new("why-step").with("step", u32::from(step.number()));
            let line = line.with("text", call.say(&words.step(step)));
            call.say(&line.with("outcome", outcome))
        })
        .collect();
    if let Some((step, outcome)) = decision.steps.last() {
        let number = u32::from(step.number());
        let verdict = match outcome {
            Outcome::Allows => Message::new("why-allowed").with("step", number),
            _ => Message::new("why-refused")
                .with("step", number)
                .with("advice", call.say(&words.advice(step))),
        };
        lines.push(String::new());
        lines.push(call.say(&verdict));
    }
    lines
}

/// What the texts of the steps need to know.
struct Words<'a> {
    call: &'a Call<'a>,
    place: &'a InGuild,
    spec: &'a Spec,
}

impl Words<'_> {
    /// What a step looked at.
    fn step(&self, step: &Step) -> Message {
        match step {
            Step::Operator { is } => {
                let needed = self.spec.access.scope == crate::command::Scope::Operator;
                Message::new("why-operator")
                    .with("needed", yes(needed))
                    .with("is", yes(*is))
            }
            Step::Place { dm } => {
                Message::new("why-place").with("place", if *dm { "dm" } else { "guild" })
            }
            Step::Owner { is } => Message::new("why-owner").with("is", yes(*is)),
            Step::Enabled { off_by } => {
                Message::new("why-enabled").with("rule", off_by.as_deref().unwrap_or("none"))
            }
            Step::Bit { needed, has } => bit(Message::new("why-bit"), *needed, *has),
            Step::Rank { required, own } => self.rank(Message::new("why-rank"), required, *own),
            Step::Either {
                needed,
                has,
                required,
                own,
            } => {
                let text = bit(Message::new("why-either"), *needed, *has);
                self.rank(text, required, *own)
            }
        }
    }

    /// What would change a refusal.
    fn advice(&self, step: &Step) -> Message {
        match step {
            Step::Operator { .. } => Message::new("why-advice-operator"),
            Step::Place { .. } | Step::Owner { .. } => Message::new("why-advice-place"),
            Step::Enabled { .. } => Message::new("why-advice-enabled"),
            Step::Bit { needed, .. } => {
                Message::new("why-advice-bit").with("permission", permission(*needed))
            }
            Step::Rank { required, .. } | Step::Either { required, .. } => {
                Message::new("why-advice-rank")
                    .with("required", required.rank)
                    .with("command", self.spec.path)
            }
        }
    }

    fn rank(&self, text: Message, required: &Required, own: Rank) -> Message {
        let by = match &required.by {
            RequiredBy::Row(command) => {
                Message::new("why-required-row").with("command", command.as_str())
            }
            RequiredBy::Default => Message::new("why-required-default"),
        };
        let from = match own.source {
            RankSource::Role(role) => {
                Message::new("why-from-role").with("role", self.place.guild.role_mention(role))
            }
            RankSource::Administrator => Message::new("why-from-administrator"),
            RankSource::Permissions => Message::new("why-from-permissions"),
            RankSource::Nothing => Message::new("why-from-nothing"),
        };
        text.with("required", required.rank)
            .with("required-by", self.call.say(&by))
            .with("own", own.value)
            .with("from", self.call.say(&from))
    }
}

fn bit(text: Message, needed: Permissions, has: bool) -> Message {
    text.with("permission", permission(needed))
        .with("is", yes(has))
}

/// A permission for the texts.
fn permission(bits: Permissions) -> String {
    if bits.is_empty() {
        "none".to_owned()
    } else {
        api_name(bits)
    }
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
