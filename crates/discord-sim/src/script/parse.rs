//! Reading a line.

use std::str::FromStr;
use std::time::Duration;

use super::{Line, LineError};
use crate::act::{Act, Place, What};
use crate::words;

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// A [`LineError`] that says what to write instead.
    pub fn parse(line: &str) -> Result<Self, LineError> {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            return Ok(Self::Comment(comment.trim().to_owned()));
        }
        match line {
            "" => return Ok(Self::Empty),
            "help" => return Ok(Self::Help),
            "restart" => return Ok(Self::Restart),
            _ => {}
        }
        if let Some(time) = line.strip_prefix("wait ") {
            let time = time.trim();
            let known = duration(time).ok_or_else(|| LineError::NotATime(time.to_owned()));
            return known.map(Self::Wait);
        }
        let Some((who, what)) = line.split_once(':') else {
            return Err(LineError::NotUnderstood(line.to_owned()));
        };
        let (person, place) = subject(who.trim())?;
        let what = deed(what.trim()).map_err(|wrong| match wrong {
            Wrong::Nothing => LineError::NothingDone(person.clone()),
            Wrong::Field(text) => LineError::NotAField(text),
        })?;
        Ok(Self::Act(Act {
            person,
            place,
            what,
        }))
    }
}

impl FromStr for Line {
    type Err = LineError;

    fn from_str(line: &str) -> Result<Self, LineError> {
        Self::parse(line)
    }
}

/// `mod`, `mod#random` or `mod@bot`.
fn subject(text: &str) -> Result<(String, Place), LineError> {
    let (person, place) = if let Some(person) = text.strip_suffix("@bot") {
        (person, Place::Dm)
    } else if let Some((person, channel)) = text.split_once('#') {
        (person, Place::Channel(channel.to_owned()))
    } else {
        (text, Place::default())
    };
    let odd = |c: char| c.is_whitespace() || matches!(c, '@' | '#' | '/' | '!');
    let channel_missing = place == Place::Channel(String::new());
    if person.is_empty() || person.contains(odd) || channel_missing {
        return Err(LineError::NotAPerson(text.to_owned()));
    }
    Ok((person.to_owned(), place))
}

enum Wrong {
    Nothing,
    Field(String),
}

fn deed(text: &str) -> Result<What, Wrong> {
    if text.is_empty() {
        return Err(Wrong::Nothing);
    }
    if let Some(command) = text.strip_prefix('/') {
        return Ok(What::Slash(command.trim().to_owned()));
    }
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    match (verb, rest) {
        ("join", "") => Ok(What::Join),
        ("leave", "") => Ok(What::Leave),
        ("delete", "") => Ok(What::Delete(None)),
        ("click" | "select" | "submit" | "react" | "unreact" | "reply" | "edit" | "menu", "") => {
            Err(Wrong::Nothing)
        }
        ("delete", of) if is_name(of) => Ok(What::Delete(Some(of[1..].to_owned()))),
        ("reply", text) => Ok(What::Reply(unescaped(text).trim().to_owned())),
        ("edit", text) => Ok(What::Edit(unescaped(text).trim().to_owned())),
        ("menu", of) => menu(of),
        ("unreact", emoji) => Ok(What::Unreact(emoji.to_owned())),
        ("type", command) if command.starts_with('/') => {
            Ok(What::Type(command[1..].trim_start().to_owned()))
        }
        ("click", label) => Ok(What::Click(label.to_owned())),
        ("react", emoji) => Ok(What::React(emoji.to_owned())),
        ("select", options) => {
            let words = words::split(options, ',').ok_or(Wrong::Field(options.to_owned()))?;
            let words = words.iter().map(|word| word.trim().to_owned());
            let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
            if words.is_empty() {
                return Err(Wrong::Nothing);
            }
            Ok(What::Select(words))
        }
        ("submit", fields) => fields_of(fields).map(What::Submit),
        _ => match unescaped(text).trim() {
            "" => Err(Wrong::Nothing),
            text => Ok(What::Say(text.to_owned())),
        },
    }
}

/// `@name`, and nothing else.
fn is_name(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|name| !name.is_empty() && !name.contains(char::is_whitespace))
}

/// `"Report user" @troll`, or `Bookmark` for the menu of a message.
fn menu(text: &str) -> Result<What, Wrong> {
    let words = words::split(text, ' ').ok_or_else(|| Wrong::Field(text.to_owned()))?;
    let (command, target) = match words.as_slice() {
        [command] => (command, None),
        [command, target] if is_name(target) => (command, Some(target[1..].to_owned())),
        _ => return Err(Wrong::Field(text.to_owned())),
    };
    Ok(What::Menu {
        command: command.clone(),
        target,
    })
}

fn fields_of(text: &str) -> Result<Vec<(String, String)>, Wrong> {
    let words = words::split(text, ' ').ok_or_else(|| Wrong::Field(text.to_owned()))?;
    let field = |word: &String| {
        let (name, value) = word
            .split_once(':')
            .ok_or_else(|| Wrong::Field(word.clone()))?;
        Ok((name.to_owned(), value.to_owned()))
    };
    words.iter().map(field).collect()
}

/// `\n` is a new line and `\\` a backslash; before anything else a backslash at the start of the
/// text says that what follows is text, and anywhere else it is one.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('n')) => {
                chars.next();
                out.push('\n');
            }
            ('\\', Some('\\')) => {
                chars.next();
                out.push('\\');
            }
            ('\\', Some(_)) if out.is_empty() => {}
            _ => out.push(c),
        }
    }
    out
}

/// `90s`, `10m`, `1h`, `2d`, `1w`, and several in a row: `1h30m`.
fn duration(text: &str) -> Option<Duration> {
    let mut total = Duration::ZERO;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let (unit, seconds) = [
            ("s", 1),
            ("m", 60),
            ("h", 3_600),
            ("d", 86_400),
            ("w", 604_800),
        ]
        .into_iter()
        .find(|(unit, _)| rest.starts_with(unit))?;
        rest = rest[unit.len()..].trim_start();
        total = total.checked_add(Duration::from_secs(number.checked_mul(seconds)?))?;
    }
    (!text.is_empty()).then_some(total)
}
