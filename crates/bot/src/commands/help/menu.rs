//! The menus below the help: categories, their commands, and the commands of a group.

use super::{Browse, page::Page};
use crate::{
    command::{Category, Entry},
    failure::Result,
    text::Message,
};
use poise::serenity_prelude::{
    CreateActionRow, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};

/// The menu of categories; its choices are their keys.
pub(super) const CATEGORIES: &str = "categories";
/// The menus of commands; their choices are paths.
pub(super) const COMMANDS: &str = "commands";
pub(super) const SUBCOMMANDS: &str = "subcommands";

/// Most choices of a menu.
const CHOICES: usize = 25;

/// All categories that have something for the viewer.
pub(super) fn categories(page: &Page<'_>, shown: Option<Category>) -> Result<CreateActionRow> {
    let options = Category::ALL
        .iter()
        .filter(|category| !page.category(**category).is_empty())
        .map(|category| {
            let name = Message::new("help-category").with("category", category.key());
            CreateSelectMenuOption::new(page.viewer.say(&name), category.key())
                .default_selection(shown == Some(*category))
        });
    row(page, CATEGORIES, "help-choose-category", options.collect())
}

/// These commands, one of which may be shown. `None` when there are none to choose from.
pub(super) fn commands(
    page: &Page<'_>,
    menu: &str,
    entries: &[&Entry],
    shown: Option<&Entry>,
) -> Result<Option<CreateActionRow>> {
    let option = |entry: &&Entry| {
        CreateSelectMenuOption::new(entry.path.as_str(), entry.path.as_str())
            .description(page.summary(entry))
            .default_selection(shown.is_some_and(|shown| shown.path == entry.path))
    };
    let options: Vec<_> = entries.iter().take(CHOICES).map(option).collect();
    if options.is_empty() {
        return Ok(None);
    }
    row(page, menu, "help-choose-command", options).map(Some)
}

fn row(
    page: &Page<'_>,
    menu: &str,
    placeholder: &str,
    options: Vec<CreateSelectMenuOption>,
) -> Result<CreateActionRow> {
    let id = page.viewer.custom_id::<Browse>(menu)?;
    let select = CreateSelectMenu::new(id, CreateSelectMenuKind::String { options });
    Ok(CreateActionRow::SelectMenu(
        select.placeholder(page.viewer.text(placeholder)),
    ))
}
