//! One command: its summary, usage, flags, examples and who may use it.

use super::{menu, overview, page::Page};
use crate::{
    command::{Entry, Param, Place, Reply, Spec, option_text, text_id},
    failure::Result,
    permission,
    text::{Message, code, fit},
};
use poise::serenity_prelude::{CreateActionRow, CreateEmbed};

/// Most characters of an embed's field.
const FIELD: usize = 1024;

/// The description of a command or group.
pub(super) fn draw(page: &Page<'_>, entry: &Entry) -> Result<Reply> {
    let viewer = page.viewer;
    let called = |words: &str| format!("{}{words}", page.prefix());
    let mut embed = CreateEmbed::new()
        .title(called(&entry.path))
        .description(page.summary(entry));
    if let Some(spec) = entry.spec {
        embed = embed.field(
            viewer.text("help-usage"),
            code(&called(&spec.usage())),
            false,
        );
        let params = spec.params.iter().map(|param| parameter(page, spec, param));
        embed = listed(page, embed, "help-flags", &params.collect::<Vec<_>>());
    }
    let below = overview::lines(page, &page.children(&entry.path));
    embed = listed(page, embed, "help-subcommands", &below);
    if !entry.aliases.is_empty() {
        let aliases: Vec<String> = entry.aliases.iter().map(|alias| code(alias)).collect();
        embed = embed.field(viewer.text("help-aliases"), aliases.join(" "), true);
    }
    let example = format!("{}-example", text_id(&entry.path));
    if viewer.data.texts.has(&example) {
        let example = code(&called(&viewer.text(&example)));
        embed = embed.field(viewer.text("help-examples"), example, true);
    }
    if let Some(spec) = entry.spec {
        embed = embed.field(viewer.text("help-access"), needed(page, spec), true);
    }
    Ok(Reply::embed(embed).with_components(menus(page, entry)?))
}

/// The category of the command, the commands beside it, and those of the group that it is or is in.
fn menus(page: &Page<'_>, entry: &Entry) -> Result<Vec<CreateActionRow>> {
    let top = entry.path.split(' ').next().and_then(|top| page.named(top));
    let category = top.and_then(|top| top.spec).map(|spec| spec.category);
    let mut rows = vec![menu::categories(page, category)?];
    if let Some(category) = category {
        let beside = page.category(category);
        rows.extend(menu::commands(page, menu::COMMANDS, &beside, top)?);
    }
    let group = if entry.is_group {
        Some(entry.path.as_str())
    } else {
        entry.path.rsplit_once(' ').map(|(group, _)| group)
    };
    if let Some(group) = group {
        let within = page.children(group);
        let menu = menu::commands(page, menu::SUBCOMMANDS, &within, Some(entry))?;
        rows.extend(menu);
    }
    Ok(rows)
}

/// The embed with a field of lines, unless there are none.
fn listed(page: &Page<'_>, embed: CreateEmbed, title: &str, lines: &[String]) -> CreateEmbed {
    if lines.is_empty() {
        return embed;
    }
    let text = fit(lines, "\n", FIELD, |count| {
        page.viewer
            .say(&Message::new("list-more").with("count", count))
    });
    embed.field(page.viewer.text(title), text, false)
}

/// A parameter, its other names and what it means.
fn parameter(page: &Page<'_>, spec: &Spec, param: &Param) -> String {
    let dash = if param.place == Place::Flag { "-" } else { "" };
    let names = [param.name]
        .into_iter()
        .chain(param.aliases.iter().copied());
    let names: Vec<String> = names.map(|name| code(&format!("{dash}{name}"))).collect();
    let id = option_text(spec, param.name, &page.viewer.data.texts);
    format!("{} {}", names.join(" "), page.viewer.text(&id))
}

/// Who may use a command, by the rules of the guild.
fn needed(page: &Page<'_>, spec: &Spec) -> String {
    let default = spec.access.rank;
    let rank = page.viewer.place.map_or(default, |place| {
        place.rules.required(spec.path, default).rank
    });
    if rank == 0 && spec.access.bits.is_empty() {
        return page.viewer.text("help-everyone");
    }
    let permission = if spec.access.bits.is_empty() {
        "none".to_owned()
    } else {
        permission::api_name(spec.access.bits)
    };
    let needed = Message::new("help-needed").with("rank", rank);
    page.viewer.say(&needed.with("permission", permission))
}
