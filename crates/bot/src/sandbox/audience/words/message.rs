//! A message: where, by whom, what it answers, and its text, embeds and components.

use super::{BUTTON, DIM, PLACE, PRIVATE, name, of, painted};
use discord_sim::{Shown, ShownKind};
use serde_json::Value;

/// How much of the answered text is repeated.
const QUOTED: usize = 40;

pub(super) fn lines(shown: &Shown) -> String {
    let mut body: Vec<String> = Vec::new();
    let content = shown.content.as_deref().unwrap_or_default();
    body.extend(content.lines().map(str::to_owned));
    for embed in &shown.embeds {
        body.extend(embed_lines(embed));
    }
    let components: Vec<String> = shown.components.iter().map(component).collect();
    if !components.is_empty() {
        body.push(components.join(" "));
    }
    let head = head(shown);
    match body.as_slice() {
        [] => head,
        [only] if shown.embeds.is_empty() => format!("{head} {only}"),
        _ => format!("{head}\n    {}", body.join("\n    ")),
    }
}

fn head(shown: &Shown) -> String {
    let place = match &shown.channel {
        Some(channel) => format!("#{channel}"),
        None => format!("@{}", of(shown.to.as_deref())),
    };
    let mut notes: Vec<String> = Vec::new();
    match shown.kind {
        ShownKind::Ephemeral | ShownKind::Modal => {
            notes.push(painted(
                PRIVATE,
                format!("only {} sees this", of(shown.to.as_deref())),
            ));
        }
        ShownKind::Dm => notes.push(painted(PRIVATE, "direct message")),
        ShownKind::Edit => notes.push(painted(DIM, "edited")),
        ShownKind::Delete => notes.push(painted(DIM, "deleted")),
        _ => {}
    }
    if let Some(text) = &shown.reply_to {
        notes.push(painted(DIM, format!("to \"{}\"", cut(text))));
    }
    let notes = if notes.is_empty() {
        String::new()
    } else {
        format!(" ({})", notes.join(", "))
    };
    format!(
        "{} {}{notes}:",
        painted(PLACE, place),
        name(of(shown.author.as_deref()))
    )
}

fn cut(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= QUOTED && line == text {
        return line.to_owned();
    }
    let start: String = line.chars().take(QUOTED).collect();
    format!("{start}…")
}

fn embed_lines(embed: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = Vec::new();
    let author = text(&embed["author"]["name"]);
    let title = text(&embed["title"]);
    lines.extend(
        [author, title]
            .into_iter()
            .filter(|t| !t.is_empty())
            .map(|t| painted(BUTTON, t)),
    );
    lines.extend(text(&embed["description"]).lines().map(str::to_owned));
    for field in embed["fields"].as_array().into_iter().flatten() {
        let value = text(&field["value"]);
        let mut values = value.lines();
        let first = values.next().unwrap_or_default();
        lines.push(format!(
            "{} {first}",
            painted(BUTTON, format!("{}:", text(&field["name"])))
        ));
        lines.extend(values.map(|line| format!("  {line}")));
    }
    lines.extend(
        text(&embed["footer"]["text"])
            .lines()
            .map(|line| painted(DIM, line)),
    );
    lines.iter().map(|line| format!("│ {line}")).collect()
}

fn component(component: &Value) -> String {
    let disabled = component["disabled"].as_bool().unwrap_or_default();
    let text = if component["type"] == "select" {
        let options: Vec<&str> = component["options"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let title = component["placeholder"].as_str().unwrap_or("choose");
        format!("[{title}: {}]", options.join(" | "))
    } else {
        format!("[{}]", component["label"].as_str().unwrap_or_default())
    };
    painted(if disabled { DIM } else { BUTTON }, text)
}
