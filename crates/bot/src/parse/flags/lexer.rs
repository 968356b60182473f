//! Tells flags from words.

use std::ops::Range;

use crate::parse::token;

/// What stands next in a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item<'a> {
    /// The name of a flag, without dashes. Its value is next.
    Flag(&'a str),
    /// A word or a group in quotes, at these bytes.
    Word(Range<usize>),
    /// `--`: no flags follow.
    EndOfFlags,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    flags_ended: bool,
    /// The last flag ended in `=`, and its value follows without a space.
    attached: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            flags_ended: false,
            attached: false,
        }
    }

    pub(super) fn next(&mut self) -> Option<Item<'a>> {
        self.attached = false;
        let rest = self.text[self.at..].trim_start();
        let start = self.text.len() - rest.len();
        if !self.flags_ended {
            if let Some((dashes, name)) = flag(rest) {
                self.at = start + dashes + name.len();
                if self.text[self.at..].starts_with('=') {
                    self.at += 1;
                    self.attached = self.text[self.at..].starts_with(|c: char| !c.is_whitespace());
                }
                return Some(Item::Flag(name));
            }
            if is_end(rest) {
                self.at = start + "--".len();
                self.flags_ended = true;
                return Some(Item::EndOfFlags);
            }
        }
        let (_, after) = token::take(rest)?;
        self.at = self.text.len() - after.len();
        Some(Item::Word(start..self.at))
    }

    /// Whether a value is attached to the last flag by `=`: then it cannot be a flag itself.
    pub(super) fn is_attached(&self) -> bool {
        self.attached
    }

    /// The word or group that is the value of the last flag, without quotes.
    pub(super) fn peek_word(&self) -> Option<&'a str> {
        self.value().map(|(token, _)| token.text)
    }

    /// Takes what [`Lexer::peek_word`] shows.
    pub(super) fn take_word(&mut self) -> Option<&'a str> {
        let (token, after) = self.value()?;
        self.at = self.text.len() - after.len();
        Some(token.text)
    }

    /// Takes everything up to the next flag, or one group in quotes.
    pub(super) fn take_text(&mut self) -> Option<&'a str> {
        let (first, mut after) = self.value()?;
        let end = self.text.len() - after.len();
        let start = end - first.raw.len();
        self.at = end;
        if first.quoted {
            return Some(first.text);
        }
        while let Some((_, next)) = word(after) {
            after = next;
            self.at = self.text.len() - after.len();
        }
        Some(&self.text[start..self.at])
    }

    fn value(&self) -> Option<(token::Token<'a>, &'a str)> {
        let rest = &self.text[self.at..];
        if self.attached {
            token::take(rest)
        } else {
            word(rest)
        }
    }
}

/// The token at the beginning of `text`, unless it is a flag or ends the flags.
fn word(text: &str) -> Option<(token::Token<'_>, &str)> {
    let text = text.trim_start();
    if flag(text).is_some() || is_end(text) {
        None
    } else {
        token::take(text)
    }
}

/// The number of dashes and the name, when `text` begins with a flag: dashes and a letter.
fn flag(text: &str) -> Option<(usize, &str)> {
    let name = text.strip_prefix("--").or_else(|| text.strip_prefix('-'))?;
    if !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let end = name
        .find(|c: char| c == '=' || c.is_whitespace())
        .unwrap_or(name.len());
    Some((text.len() - name.len(), &name[..end]))
}

fn is_end(text: &str) -> bool {
    text.strip_prefix("--")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}
