//! From the text after a command's name to its arguments.

use super::{
    Catalog,
    args::{Args, Value, chosen, extra, id_of, missing, within_length},
    spec::{Param, ParamKind, Place, Spec},
};
use crate::{
    failure::Result,
    parse::{
        flags::{self, Flag, Kind},
        targets, token,
    },
    text::Message,
};

/// Reads the prefix form. `commands` are for parameters that name one.
pub(super) fn read(spec: &Spec, tail: &str, commands: &Catalog) -> Result<Args> {
    let flags: Vec<Flag> = spec.params.iter().filter_map(as_flag).collect();
    let parsed = flags::parse(tail, &flags).map_err(Message::from)?;
    let mut args = Args::default();
    for param in spec.params {
        if let Some(on) = parsed.switch(param.name) {
            args.insert(param.name, Value::Switch(on));
        } else if let Some(n) = parsed.integer(param.name) {
            args.insert(param.name, Value::Integer(n));
        } else if let Some(text) = parsed.text(param.name) {
            args.insert(param.name, single(param, text)?);
        }
    }
    let mut rest = parsed.rest.as_str();
    for param in spec.params {
        if args.get(param.name).is_some() {
            continue;
        }
        match param.place {
            Place::Flag => {}
            Place::Rest => {
                let text = rest.trim();
                if !text.is_empty() {
                    args.insert(param.name, single(param, text)?);
                }
                rest = "";
            }
            Place::Next => rest = positional(&mut args, param, rest, commands)?,
        }
        if param.required && args.get(param.name).is_none() {
            return Err(missing(param.name));
        }
    }
    if !rest.trim().is_empty() {
        return Err(extra(rest.trim()));
    }
    Ok(args)
}

/// A parameter in its own position; returns what is left of the text.
fn positional<'t>(
    args: &mut Args,
    param: &Param,
    rest: &'t str,
    commands: &Catalog,
) -> Result<&'t str> {
    if rest.trim().is_empty() {
        return Ok("");
    }
    match param.kind {
        ParamKind::Targets => {
            let (targets, rest) = targets::take(rest).map_err(Message::from)?;
            args.insert(param.name, Value::Targets(targets));
            Ok(rest)
        }
        ParamKind::Choices(choices) => {
            let mut words = Vec::new();
            let mut rest = rest;
            while let Some((word, after)) = token::take(rest)
                && let Ok(word) = chosen(param.name, word.text, choices)
            {
                words.push(word.to_owned());
                rest = after;
            }
            if words.is_empty() {
                let word = token::take(rest).map_or("", |(word, _)| word.text);
                chosen(param.name, word, choices)?;
            }
            args.insert(param.name, Value::Words(words));
            Ok(rest)
        }
        ParamKind::CommandPath => {
            let taken = commands
                .take(rest)
                .map(|(entry, rest)| (entry.path.clone(), rest));
            // What is no command is kept as it was written, for the refusal to name it.
            let (name, rest) = taken
                .or_else(|| token::take(rest).map(|(word, rest)| (word.text.to_owned(), rest)))
                .unwrap_or_default();
            args.insert(param.name, Value::Text(name));
            Ok(rest)
        }
        _ => {
            let Some((word, after)) = token::take(rest) else {
                return Ok("");
            };
            // What is optional and does not fit is left for the next one.
            match single(param, word.text) {
                Ok(value) => args.insert(param.name, value),
                Err(_) if !param.required => return Ok(rest),
                Err(error) => return Err(error),
            }
            Ok(after)
        }
    }
}

fn single(param: &Param, text: &str) -> Result<Value> {
    Ok(match param.kind {
        ParamKind::Text(max) => {
            // A reason is cut where it is too long, and the reply says so.
            if param.name != "reason" {
                within_length(text, max)?;
            }
            Value::Text(text.to_owned())
        }
        ParamKind::Member => Value::Id(id_of(param.name, text, &["@!", "@"])?),
        ParamKind::Role => Value::Id(id_of(param.name, text, &["@&"])?),
        ParamKind::Channel => Value::Id(id_of(param.name, text, &["#"])?),
        ParamKind::Choice(choices) => Value::Text(chosen(param.name, text, choices)?.to_owned()),
        ParamKind::Choices(choices) => {
            Value::Words(vec![chosen(param.name, text, choices)?.to_owned()])
        }
        ParamKind::Integer(min, max) => Value::Integer(integer(param.name, text, min, max)?),
        ParamKind::Time | ParamKind::CommandPath => Value::Text(text.to_owned()),
        ParamKind::Targets => Value::Targets(targets::take(text).map_err(Message::from)?.0),
        // These two are always flags, which were read before.
        ParamKind::Days(max) => Value::Integer(integer(param.name, text, 0, max)?),
        ParamKind::Switch => Value::Switch(true),
    })
}

fn integer(name: &'static str, text: &str, min: i64, max: i64) -> Result<i64> {
    let digits = text.trim_start_matches('#');
    match digits.parse::<i64>() {
        Ok(n) if (min..=max).contains(&n) => Ok(n),
        Ok(_) => Err(Message::new("err-number-range")
            .with("what", "flag")
            .with("flag", crate::text::code(name))
            .with("least", min)
            .with("most", max)
            .into()),
        Err(_) => Err(Message::new("err-flag-value")
            .with("flag", crate::text::code(name))
            .with("problem", "number")
            .into()),
    }
}

/// Every parameter but the persons acted on may be given by name.
fn as_flag(param: &Param) -> Option<Flag> {
    let kind = match param.kind {
        ParamKind::Targets => return None,
        ParamKind::Switch => Kind::Switch,
        ParamKind::Integer(min, max) => Kind::Integer { min, max },
        ParamKind::Days(max) => Kind::Days { max },
        ParamKind::Time => Kind::Time,
        ParamKind::Text(_) | ParamKind::CommandPath => Kind::Text,
        _ => Kind::Token,
    };
    Some(Flag {
        name: param.name,
        aliases: param.aliases,
        kind,
    })
}
