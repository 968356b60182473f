//! What was played, as a script that can be played again.

use std::fmt::Write as _;

use serde::Serialize;

use crate::act::What;
use crate::script::Line;
use crate::shown::Shown;

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Script {
    lines: Vec<Played>,
}

/// A line, and how much Discord had shown when it was played.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Played {
    pub(super) text: String,
    pub(super) at: usize,
}

impl Script {
    /// Adds a line; not one that is only typed, which happens with every key.
    pub(super) fn add(&mut self, line: &Line, at: usize) -> bool {
        let typed = matches!(line, Line::Act(act) if matches!(act.what, What::Type(_)));
        let nothing = matches!(line, Line::Empty | Line::Help);
        if typed || nothing {
            return false;
        }
        let text = line.to_string();
        self.lines.push(Played { text, at });
        true
    }

    /// The lines from an index on.
    pub(super) fn since(&self, from: usize) -> &[Played] {
        self.lines.get(from..).unwrap_or_default()
    }

    /// All lines, each with what came of it as remarks below.
    pub(super) fn write(&self, shown: &[Shown], describe: impl Fn(&Shown) -> String) -> String {
        let mut out = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            let end = self
                .lines
                .get(index + 1)
                .map_or(shown.len(), |next| next.at);
            out.push_str(&line.text);
            out.push('\n');
            for shown in shown.get(line.at..end).unwrap_or_default() {
                for line in describe(shown).lines() {
                    // Writing to a string cannot fail.
                    let _written = writeln!(out, "#   {line}");
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::ShownKind;

    #[test]
    fn a_script_reads_back_as_its_lines_with_what_came_of_them_as_remarks() {
        let mut script = Script::default();
        for line in ["mod: !warn @troll", "mod: type /case number:1", "wait 60s"] {
            script.add(&Line::parse(line).unwrap(), script.lines.len());
        }
        let shown = [Shown::new(ShownKind::Message), Shown::new(ShownKind::Dm)];
        let text = script.write(&shown, |shown| format!("{:?}\nmore", shown.kind));
        assert_eq!(
            text,
            "mod: !warn @troll\n#   Message\n#   more\nwait 60s\n#   Dm\n#   more\n"
        );
        let lines = text.lines().map(|line| Line::parse(line).unwrap());
        let acts = lines.filter(|line| !matches!(line, Line::Comment(_)));
        assert_eq!(acts.count(), 2);
    }
}
