//! All commands by category, and one category.

use super::{menu, page::Page};
use crate::{
    command::{Category, Entry, Reply},
    failure::Result,
    text::{Message, code},
};
use poise::serenity_prelude::CreateEmbed;

/// The categories with their commands; groups stand for what is in them.
pub(super) fn draw(page: &Page<'_>) -> Result<Reply> {
    let viewer = page.viewer;
    let intro = Message::new("help-intro").with("prefix", page.prefix());
    let mut embed = CreateEmbed::new()
        .title(viewer.text("help-title"))
        .description(viewer.say(&intro));
    for category in Category::ALL {
        let names: Vec<String> = page
            .category(*category)
            .into_iter()
            .map(|entry| code(entry.name()))
            .collect();
        if !names.is_empty() {
            embed = embed.field(title(page, *category), names.join(" "), false);
        }
    }
    Ok(Reply::embed(embed).with_components(vec![menu::categories(page, None)?]))
}

/// The commands of a category with what they do.
pub(super) fn draw_category(page: &Page<'_>, category: Category) -> Result<Reply> {
    let commands = page.category(category);
    let embed = CreateEmbed::new()
        .title(title(page, category))
        .description(lines(page, &commands).join("\n"));
    let mut rows = vec![menu::categories(page, Some(category))?];
    rows.extend(menu::commands(page, menu::COMMANDS, &commands, None)?);
    Ok(Reply::embed(embed).with_components(rows))
}

/// Commands with what they do, one line each.
pub(super) fn lines(page: &Page<'_>, entries: &[&Entry]) -> Vec<String> {
    let line = |entry: &&Entry| format!("{} {}", code(&entry.path), page.summary(entry));
    entries.iter().map(line).collect()
}

fn title(page: &Page<'_>, category: Category) -> String {
    let title = Message::new("help-category").with("category", category.key());
    page.viewer.say(&title)
}
