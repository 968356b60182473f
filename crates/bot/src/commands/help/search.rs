//! Commands by a word in their name or summary.

use super::{menu, overview, page::Page};
use crate::{
    command::{Entry, Reply},
    failure::Result,
    text::{Message, code, fit},
};
use poise::serenity_prelude::CreateEmbed;

/// Most characters of an embed's description.
const DESCRIPTION: usize = 4096;

/// The commands whose name, other names or summary contain the text; those whose name does come first.
pub(super) fn find<'a>(page: &Page<'a>, text: &str) -> Vec<&'a Entry> {
    let text = text.to_lowercase();
    let mut found: Vec<(u8, &Entry)> = page
        .usable()
        .filter_map(|entry| {
            let mut names = entry.aliases.iter().copied().chain([entry.path.as_str()]);
            let place = if names.any(|name| name.contains(&text)) {
                0
            } else if page.summary(entry).to_lowercase().contains(&text) {
                1
            } else {
                return None;
            };
            Some((place, entry))
        })
        .collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// What was found, one line each.
pub(super) fn draw(page: &Page<'_>, text: &str, found: &[&Entry]) -> Result<Reply> {
    let viewer = page.viewer;
    let lines = overview::lines(page, found);
    let lines = fit(&lines, "\n", DESCRIPTION, |count| {
        viewer.say(&Message::new("list-more").with("count", count))
    });
    let title = Message::new("help-found").with("query", code(text));
    let embed = CreateEmbed::new()
        .title(viewer.say(&title))
        .description(lines);
    let menu = menu::commands(page, menu::COMMANDS, found, None)?;
    Ok(Reply::embed(embed).with_components(menu.into_iter().collect()))
}
