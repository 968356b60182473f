//! Writing what was shown as a line.

use std::fmt;

use serde_json::Value;

use super::{Shown, ShownKind};

impl fmt::Display for Shown {
    /// `#general mod: !ban @troll`, with what is beside the text in brackets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(channel) = &self.channel {
            write!(f, "#{channel} ")?;
        }
        f.write_str(self.author.as_deref().unwrap_or("Discord"))?;
        if self.kind != ShownKind::Message {
            write!(f, " [{}]", self.kind.word())?;
        }
        if let Some(to) = &self.to {
            write!(f, " to {to}")?;
        }
        if let Some(target) = &self.target {
            write!(f, " {target}")?;
        }
        if let Some(content) = &self.content {
            write!(f, ": {}", content.replace('\n', "\\n"))?;
        }
        for embed in &self.embeds {
            write!(f, " [embed {embed}]")?;
        }
        for component in &self.components {
            let name = component["label"]
                .as_str()
                .or(component["placeholder"].as_str());
            write!(
                f,
                " [{} {}]",
                text(&component["type"]),
                name.unwrap_or_default()
            )?;
        }
        if let Some(reason) = &self.reason {
            write!(f, " (reason: {reason})")?;
        }
        Ok(())
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

impl ShownKind {
    /// The kind as JSON names it.
    pub(crate) fn word(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}
