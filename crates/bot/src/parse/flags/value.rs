//! What follows the name of a flag.

use super::lexer::Lexer;
use super::{Flag, FlagError, Kind};

/// The value of a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Switch(bool),
    Text(String),
    Integer(i64),
}

/// Reads the value of `flag`, whose name the lexer has just passed.
pub(super) fn read(flag: &Flag, negated: bool, lexer: &mut Lexer<'_>) -> Result<Value, FlagError> {
    let missing = FlagError::Missing { flag: flag.name };
    let unfit = FlagError::Unfit {
        flag: flag.name,
        kind: flag.kind,
    };
    if flag.kind == Kind::Switch {
        let value = switch(lexer).ok_or(unfit)?;
        return Ok(Value::Switch(value != negated));
    }
    if flag.kind == Kind::Text {
        return lexer
            .take_text()
            .map(|text| Value::Text(text.to_owned()))
            .ok_or(missing);
    }
    let word = lexer.take_word().ok_or(missing)?;
    let (number, min, max) = match flag.kind {
        Kind::Integer { min, max } => (word, min, max),
        Kind::Days { max } => (without_unit(word), 0, max),
        Kind::Switch | Kind::Text | Kind::Token | Kind::Time => {
            return Ok(Value::Text(word.to_owned()));
        }
    };
    if !is_integer(number) {
        return Err(unfit);
    }
    match number.parse() {
        Ok(number) if (min..=max).contains(&number) => Ok(Value::Integer(number)),
        _ => Err(FlagError::Range {
            flag: flag.name,
            min,
            max,
        }),
    }
}

/// `true` when no value follows; `None` when something else than `true` or `false` is attached with `=`.
fn switch(lexer: &mut Lexer<'_>) -> Option<bool> {
    let value = match lexer.peek_word().map(str::to_ascii_lowercase).as_deref() {
        Some("true") => true,
        Some("false") => false,
        _ => return (!lexer.is_attached()).then_some(true),
    };
    lexer.take_word();
    Some(value)
}

/// `7` of `7`, `7d`, `7 day` and `7 Days`.
fn without_unit(text: &str) -> &str {
    let end = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match text[end.len()..].to_ascii_lowercase().as_str() {
        "d" | "day" | "days" => end.trim_end(),
        _ => text,
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
