//! What Discord shows, as lines of a terminal.

mod message;
mod times;

use anstyle::{AnsiColor, Style};
use chrono::DateTime;
use discord_sim::{Shown, ShownKind};
use std::fmt::Display;

const PLACE: Style = AnsiColor::BrightBlack.on_default();
const PERSON: Style = AnsiColor::Cyan.on_default().bold();
const BOT: Style = AnsiColor::Green.on_default().bold();
const PRIVATE: Style = AnsiColor::Magenta.on_default();
const DEED: Style = AnsiColor::Yellow.on_default().bold();
const REFUSAL: Style = AnsiColor::Red.on_default();
const NOTE: Style = AnsiColor::BrightBlack.on_default().italic();
const BUTTON: Style = Style::new().bold();
const DIM: Style = AnsiColor::BrightBlack.on_default();

/// The bot's name in the sandbox's world.
const BOT_NAME: &str = "Rookery";

/// Something that Discord shows, in lines for people without colour.
pub fn describe(shown: &Shown) -> String {
    anstream::adapter::strip_str(&coloured(shown)).to_string()
}

pub(super) fn coloured(shown: &Shown) -> String {
    times::readable(&lines(shown))
}

fn lines(shown: &Shown) -> String {
    use ShownKind as Kind;
    match shown.kind {
        Kind::Message
        | Kind::Dm
        | Kind::Ephemeral
        | Kind::Edit
        | Kind::Delete
        | Kind::Command
        | Kind::Modal => message::lines(shown),
        Kind::Ban => deed(shown, "was banned by"),
        Kind::Unban => deed(shown, "was unbanned by"),
        Kind::Kick => deed(shown, "was kicked by"),
        Kind::Timeout => deed(shown, "was put in timeout by"),
        Kind::Untimeout => deed(shown, "was taken out of timeout by"),
        Kind::Role => deed(
            shown,
            &format!("has {} through", of(shown.content.as_deref())),
        ),
        Kind::Nick => deed(
            shown,
            &format!("is now called {} through", of(shown.content.as_deref())),
        ),
        Kind::Join => did(shown, "joined"),
        Kind::Leave => did(shown, "left"),
        Kind::Channel => did(
            shown,
            &format!(
                "changed #{}: {}",
                of(shown.channel.as_deref()),
                of(shown.content.as_deref())
            ),
        ),
        Kind::Click => did(shown, &format!("pressed {}", of(shown.content.as_deref()))),
        Kind::Select => did(shown, &format!("chose {}", of(shown.content.as_deref()))),
        Kind::Submit => did(shown, &format!("sent in {}", of(shown.content.as_deref()))),
        Kind::Choices => did(shown, &format!("offers {}", of(shown.content.as_deref()))),
        Kind::Reaction => did(
            shown,
            &format!("reacted with {}", of(shown.content.as_deref())),
        ),
        other => did(shown, &format!("{other:?}")),
    }
}

pub(super) fn refused(person: &str, why: &str) -> String {
    format!(
        "{} {}",
        name(person),
        painted(REFUSAL, format!("cannot: {why}"))
    )
}

pub(super) fn note(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| painted(NOTE, line)).collect();
    lines.join("\n")
}

/// What was done to somebody.
fn deed(shown: &Shown, what: &str) -> String {
    let until = shown.until.and_then(DateTime::from_timestamp_millis);
    let until = until.map(|until| until.format(" until %Y-%m-%d %H:%M:%S UTC").to_string());
    let reason = shown
        .reason
        .as_ref()
        .map(|reason| painted(DIM, format!(" ({reason})")));
    format!(
        "{} {} {}{}{}",
        name(of(shown.target.as_deref())),
        painted(DEED, what),
        name(of(shown.author.as_deref())),
        until.unwrap_or_default(),
        reason.unwrap_or_default()
    )
}

/// What somebody did.
fn did(shown: &Shown, what: &str) -> String {
    format!(
        "{} {}",
        name(of(shown.author.as_deref())),
        painted(PLACE, what)
    )
}

fn name(name: &str) -> String {
    painted(if name == BOT_NAME { BOT } else { PERSON }, name)
}

fn of(text: Option<&str>) -> &str {
    text.unwrap_or("somebody")
}

fn painted(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}
