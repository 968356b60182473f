//! Who runs the bot that the page is about.

use super::Doing;
use crate::script::Line;
use crate::shown::{Shown, ShownKind};
use crate::sim::Sim;

/// What the page cannot do by itself, because it knows Discord only and not the bot.
///
/// The page plays what people do on the simulator directly and tells [`Host::heard`]; everything else
/// that a script can say is the host's.
pub trait Host: Send + Sync + 'static {
    /// Plays a line that is nothing a person does: lets time pass, or starts the bot again. Returns
    /// when it has taken effect.
    ///
    /// The error says to a person why it cannot be done.
    fn play(&self, line: Line) -> Doing<'_, Result<(), String>>;

    /// A person did something on the page.
    fn heard(&self, _line: &Line) {}

    /// Waits until the bot has answered everything, as it is between two lines of a script.
    fn settle(&self) -> Doing<'_, ()>;

    /// What the transcript says about something that Discord showed; may have several lines.
    fn describe(&self, shown: &Shown) -> String {
        describe(shown)
    }
}

/// The host of a bot that runs elsewhere: time passes for Discord only, and nothing restarts the bot.
#[derive(Debug)]
pub struct SimHost {
    sim: Sim,
}

impl SimHost {
    /// A host for this simulator.
    pub fn new(sim: Sim) -> Self {
        Self { sim }
    }
}

impl Host for SimHost {
    fn play(&self, line: Line) -> Doing<'_, Result<(), String>> {
        Box::pin(async move {
            match line {
                Line::Wait(time) => {
                    self.sim.clock().advance(time);
                    self.sim.shared.progress();
                    Ok(())
                }
                Line::Restart => Err("the bot runs elsewhere: restart it there".to_owned()),
                _ => Ok(()),
            }
        })
    }

    fn settle(&self) -> Doing<'_, ()> {
        Box::pin(self.sim.settled())
    }
}

/// One line: where, who, what, to whom and why.
fn describe(shown: &Shown) -> String {
    let says = matches!(
        shown.kind,
        ShownKind::Message | ShownKind::Dm | ShownKind::Ephemeral
    );
    // A kind is a word in JSON, and nothing else.
    let kind = serde_json::to_value(shown.kind).unwrap_or_default();
    let content = shown.content.as_deref().filter(|text| !text.is_empty());
    let titles = shown.embeds.iter().filter_map(|e| e["title"].as_str());
    let parts = [
        shown.channel.as_ref().map(|channel| format!("#{channel}")),
        shown.author.clone(),
        (!says).then(|| format!("[{}]", kind.as_str().unwrap_or_default())),
        shown
            .target
            .as_ref()
            .or(shown.to.as_ref())
            .map(|whom| format!("to {whom}")),
        content.map(|text| format!(": {text}")),
        shown.reason.as_ref().map(|reason| format!("({reason})")),
    ];
    let titles = titles.map(|title| format!("[{title}]"));
    let all: Vec<String> = parts.into_iter().flatten().chain(titles).collect();
    all.join(" ")
}
