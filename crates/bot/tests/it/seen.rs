//! What Discord showed after a line, and how a test looks at it.

use bot::sandbox::describe;
use discord_sim::{Shown, ShownKind};
use std::ops::Deref;

/// The bot's name.
pub(crate) const BOT: &str = "Rookery";

/// What Discord showed because of one line, in order.
#[derive(Debug)]
pub(crate) struct Seen(pub(crate) Vec<Shown>);

impl Seen {
    /// The bot's answer: the last thing it said outside the log and direct messages, or in a direct
    /// message when it said nothing else.
    #[track_caller]
    pub(crate) fn answer(&self) -> String {
        let said: Vec<&Shown> = self.0.iter().filter(|shown| is_said(shown)).collect();
        let answer = said
            .iter()
            .rev()
            .find(|shown| {
                shown
                    .channel
                    .as_deref()
                    .is_some_and(|channel| channel != "mod-log")
            })
            .or_else(|| said.last());
        let Some(answer) = answer else {
            panic!("the bot said nothing:\n{self}");
        };
        text(answer)
    }

    /// All that the bot has said, as text; an acknowledgement says nothing.
    pub(crate) fn answers(&self) -> Vec<String> {
        let said = self.0.iter().filter(|shown| is_said(shown));
        said.map(text).filter(|text| !text.is_empty()).collect()
    }

    /// What is new in `#mod-log`, as text.
    pub(crate) fn log(&self) -> Vec<String> {
        let in_log = |shown: &&Shown| is_said(shown) && shown.channel.as_deref() == Some("mod-log");
        self.0.iter().filter(in_log).map(text).collect()
    }

    /// The bot's direct messages to somebody, as text.
    pub(crate) fn dms(&self, person: &str) -> Vec<String> {
        self.of(ShownKind::Dm)
            .into_iter()
            .filter(|shown| is_said(shown) && shown.to.as_deref() == Some(person))
            .map(text)
            .collect()
    }

    /// What is of one kind.
    pub(crate) fn of(&self, kind: ShownKind) -> Vec<&Shown> {
        self.0.iter().filter(|shown| shown.kind == kind).collect()
    }

    /// The only thing of one kind.
    #[track_caller]
    pub(crate) fn only(&self, kind: ShownKind) -> &Shown {
        let all = self.of(kind);
        assert_eq!(all.len(), 1, "one {kind:?} is expected:\n{self}");
        all[0]
    }
}

impl Deref for Seen {
    type Target = [Shown];

    fn deref(&self) -> &[Shown] {
        &self.0
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|shown| writeln!(f, "{}", describe(shown)))
    }
}

fn is_said(shown: &Shown) -> bool {
    let said = [
        ShownKind::Message,
        ShownKind::Ephemeral,
        ShownKind::Edit,
        ShownKind::Dm,
    ];
    shown.author.as_deref() == Some(BOT) && said.contains(&shown.kind)
}

/// The text of a message with that of its embeds, without where and by whom.
pub(crate) fn text(shown: &Shown) -> String {
    let mut lines: Vec<String> = shown.content.iter().cloned().collect();
    for embed in &shown.embeds {
        let one = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        lines.extend(
            [&embed["title"], &embed["description"]]
                .into_iter()
                .filter_map(one),
        );
        for field in embed["fields"].as_array().into_iter().flatten() {
            lines.extend(
                [&field["name"], &field["value"]]
                    .into_iter()
                    .filter_map(one),
            );
        }
        lines.extend(one(&embed["footer"]["text"]));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
