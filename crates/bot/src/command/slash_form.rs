//! From the options of a slash command to its arguments, and to its registration.

use super::{
    args::{Args, Value, chosen, missing, within_length},
    spec::{Param, ParamKind, Spec},
};
use crate::{
    failure::Result,
    parse::targets::{self, Target},
    text::{Args as TextArgs, Lang, Message, Texts},
};
use poise::serenity_prelude::{
    CommandOptionType, CreateCommandOption, ResolvedOption, ResolvedValue,
};

/// The option that holds further targets.
const ALSO: &str = "also";

/// Reads the slash form. Discord has checked types and ranges already; what it cannot check is
/// checked here.
pub(super) fn read(spec: &Spec, options: &[ResolvedOption<'_>]) -> Result<Args> {
    let mut args = Args::default();
    for param in spec.params {
        let value = option(options, param.name);
        match (param.kind, value) {
            (ParamKind::Targets, Some(ResolvedValue::User(user, _))) => {
                let mut all = vec![Target::Id(user.id.get())];
                if let Some(ResolvedValue::String(also)) = option(options, ALSO) {
                    for id in targets::ids(also).map_err(Message::from)? {
                        if !all.contains(&Target::Id(id)) {
                            all.push(Target::Id(id));
                        }
                    }
                }
                args.insert(param.name, Value::Targets(all));
            }
            (_, Some(value)) => {
                if let Some(value) = read_value(param, value)? {
                    args.insert(param.name, value);
                }
            }
            (_, None) if param.required => return Err(missing(param.name)),
            (_, None) => {}
        }
    }
    Ok(args)
}

fn option<'o>(options: &'o [ResolvedOption<'_>], name: &str) -> Option<&'o ResolvedValue<'o>> {
    options
        .iter()
        .find(|option| option.name == name)
        .map(|option| &option.value)
}

fn read_value(param: &Param, value: &ResolvedValue<'_>) -> Result<Option<Value>> {
    Ok(Some(match (param.kind, value) {
        (ParamKind::Text(max), ResolvedValue::String(text)) => {
            within_length(text, max)?;
            Value::Text((*text).to_owned())
        }
        (ParamKind::Choice(choices), ResolvedValue::String(text)) => {
            Value::Text(chosen(param.name, text, choices)?.to_owned())
        }
        (ParamKind::Choices(choices), ResolvedValue::String(text)) => {
            Value::Words(vec![chosen(param.name, text, choices)?.to_owned()])
        }
        (_, ResolvedValue::String(text)) => Value::Text((*text).to_owned()),
        (_, ResolvedValue::Integer(n)) => Value::Integer(*n),
        (_, ResolvedValue::Boolean(on)) => Value::Switch(*on),
        (_, ResolvedValue::User(user, _)) => Value::Id(user.id.get()),
        (_, ResolvedValue::Role(role)) => Value::Id(role.id.get()),
        (_, ResolvedValue::Channel(channel)) => Value::Id(channel.id.get()),
        _ => return Ok(None),
    }))
}

/// The options to register: required ones first, as Discord demands.
pub(super) fn options(spec: &Spec, texts: &Texts) -> Vec<CreateCommandOption> {
    let mut options = Vec::new();
    let (required, optional): (Vec<&Param>, Vec<&Param>) =
        spec.params.iter().partition(|param| param.required);
    for param in required.into_iter().chain(optional) {
        options.push(create(spec, param, texts));
        if param.kind == ParamKind::Targets {
            let also = description(spec, ALSO, texts);
            options.push(
                CreateCommandOption::new(CommandOptionType::String, ALSO, also).max_length(600),
            );
        }
    }
    // `also` follows the targets, which are required; it is not.
    options.sort_by_key(|option| {
        serde_json::to_value(option)
            .map_or(0, |json| u8::from(json["required"].as_bool() != Some(true)))
    });
    options
}

fn create(spec: &Spec, param: &Param, texts: &Texts) -> CreateCommandOption {
    let kind = match param.kind {
        ParamKind::Targets | ParamKind::Member => CommandOptionType::User,
        ParamKind::Role => CommandOptionType::Role,
        ParamKind::Channel => CommandOptionType::Channel,
        ParamKind::Integer(..) | ParamKind::Days(_) => CommandOptionType::Integer,
        ParamKind::Switch => CommandOptionType::Boolean,
        ParamKind::Text(_)
        | ParamKind::Time
        | ParamKind::Choice(_)
        | ParamKind::Choices(_)
        | ParamKind::CommandPath => CommandOptionType::String,
    };
    let option = CreateCommandOption::new(kind, param.name, description(spec, param.name, texts))
        .required(param.required);
    match param.kind {
        ParamKind::Text(max) => option.max_length(max),
        ParamKind::Integer(min, max) => option
            .min_int_value(min.unsigned_abs())
            .max_int_value(max.unsigned_abs()),
        ParamKind::Days(max) => option.min_int_value(0).max_int_value(max.unsigned_abs()),
        ParamKind::Choice(choices) | ParamKind::Choices(choices) => {
            choices.iter().fold(option, |option, choice| {
                option.add_string_choice(*choice, *choice)
            })
        }
        ParamKind::CommandPath => option.set_autocomplete(true),
        _ => option,
    }
}

fn description(spec: &Spec, option: &str, texts: &Texts) -> String {
    let id = option_text(spec, option, texts);
    texts.get(&Lang::english(), &id, &TextArgs::new())
}

/// The id of an option's text: its own for this command, else the one that all commands share.
pub fn option_text(spec: &Spec, option: &str, texts: &Texts) -> String {
    let own = format!("{}-opt-{option}", text_id(spec.path));
    if texts.has(&own) {
        own
    } else {
        format!("opt-{option}")
    }
}

/// The id of the summary of a command or group.
pub fn text_id(path: &str) -> String {
    format!("cmd-{}", path.replace(' ', "-"))
}
