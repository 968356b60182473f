//! A decision in words.

use crate::{
    command::{Call, InGuild, Spec},
    permission::{Decision, Outcome, Rank, RankSource, Required, RequiredBy, Step, api_name},
    text::Message,
};
use poise::serenity_prelude::Permissions;

/// A decision as lines, and what it comes to.
pub(super) struct Explanation {
    /// One line for each step.
    pub(super) steps: Vec<String>,
    /// The deciding step, and what would change a refusal.
    pub(super) verdict: String,
}

impl Explanation {
    pub(super) fn of(call: &Call<'_>, place: &InGuild, spec: &Spec, decision: &Decision) -> Self {
        let words = Words { call, place, spec };
        let mut steps = Vec::new();
        let mut verdict = String::new();
        for (step, outcome) in &decision.steps {
            let number = step.number().to_string();
            let text = call.say(&words.step(step));
            steps.push(line(call, &number, text, outcome));
            verdict = match outcome {
                Outcome::Allows => allowed(call, &number),
                _ => refused(call, &number, call.say(&words.advice(step))),
            };
        }
        Self { steps, verdict }
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        format!("{}\n\n{}", self.steps.join("\n"), self.verdict)
    }
}

/// One step.
pub(super) fn line(call: &Call<'_>, number: &str, text: String, outcome: &Outcome) -> String {
    let outcome = match outcome {
        Outcome::Passes => "passes",
        Outcome::Allows => "allows",
        Outcome::Refuses(_) => "refuses",
    };
    let line = Message::new("why-step").with("step", number);
    call.say(&line.with("text", text).with("outcome", outcome))
}

/// The verdict of a step that allows.
pub(super) fn allowed(call: &Call<'_>, number: &str) -> String {
    call.say(&Message::new("why-allowed").with("step", number))
}

/// The verdict of a step that refuses.
pub(super) fn refused(call: &Call<'_>, number: &str, advice: String) -> String {
    let verdict = Message::new("why-refused").with("step", number);
    call.say(&verdict.with("advice", advice))
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
