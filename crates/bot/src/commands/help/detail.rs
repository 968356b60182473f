//! One command: its summary, usage, flags, examples and who may use it.

use super::{summary, usable};
use crate::{
    command::{Call, Entry, Param, Place, Spec, option_text, text_id},
    permission,
    text::{Message, code},
};
use poise::serenity_prelude::CreateEmbed;

/// The description of a command or group.
pub(super) fn embed(call: &Call<'_>, prefix: &str, entry: &Entry) -> CreateEmbed {
    let mut embed = CreateEmbed::new()
        .title(format!("{prefix}{}", entry.path))
        .description(summary(call, entry));
    if let Some(spec) = entry.spec {
        let usage = code(&format!("{prefix}{}", spec.usage()));
        embed = embed.field(call.text("help-usage"), usage, false);
        let flags: Vec<String> = spec
            .params
            .iter()
            .map(|param| flag(call, spec, param))
            .collect();
        if !flags.is_empty() {
            embed = embed.field(call.text("help-flags"), flags.join("\n"), false);
        }
    }
    let below: Vec<String> = usable(call)
        .filter(|child| call.data().commands.is_child(&entry.path, child))
        .map(|child| format!("{} {}", code(child.name()), summary(call, child)))
        .collect();
    if !below.is_empty() {
        embed = embed.field(call.text("help-subcommands"), below.join("\n"), false);
    }
    if !entry.aliases.is_empty() {
        let aliases: Vec<String> = entry.aliases.iter().map(|alias| code(alias)).collect();
        embed = embed.field(call.text("help-aliases"), aliases.join(" "), true);
    }
    let example = format!("{}-example", text_id(&entry.path));
    if call.data().texts.has(&example) {
        let example = code(&format!("{prefix}{}", call.text(&example)));
        embed = embed.field(call.text("help-examples"), example, true);
    }
    match entry.spec {
        Some(spec) => embed.field(call.text("help-access"), needed(call, spec), true),
        None => embed,
    }
}

/// A flag, its other names and what it means.
fn flag(call: &Call<'_>, spec: &Spec, param: &Param) -> String {
    let dash = if param.place == Place::Flag { "-" } else { "" };
    let names = [param.name]
        .into_iter()
        .chain(param.aliases.iter().copied());
    let names: Vec<String> = names.map(|name| code(&format!("{dash}{name}"))).collect();
    let text = call.text(&option_text(spec, param.name, &call.data().texts));
    format!("{} {text}", names.join(" "))
}

/// Who may use a command, by the rules of the guild.
fn needed(call: &Call<'_>, spec: &Spec) -> String {
    let rules = call.place.as_ref().map(|place| &*place.rules);
    let rank = rules.map_or(spec.access.rank, |rules| {
        rules.required(spec.path, spec.access.rank).rank
    });
    if rank == 0 && spec.access.bits.is_empty() {
        return call.text("help-everyone");
    }
    let permission = if spec.access.bits.is_empty() {
        "none".to_owned()
    } else {
        permission::api_name(spec.access.bits)
    };
    let needed = Message::new("help-needed").with("rank", rank);
    call.say(&needed.with("permission", permission))
}
