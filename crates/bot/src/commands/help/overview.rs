//! All commands by category.

use super::usable;
use crate::{
    command::{Call, Category, Entry},
    text::{Message, code},
};
use poise::serenity_prelude::CreateEmbed;

/// The categories with their commands; groups stand for what is in them.
pub(super) fn embed(call: &Call<'_>, prefix: &str) -> CreateEmbed {
    let mut embed = CreateEmbed::new()
        .title(call.text("help-title"))
        .description(call.say(&Message::new("help-intro").with("prefix", prefix)));
    for category in Category::ALL {
        let names: Vec<String> = usable(call)
            .filter(|entry| !entry.path.contains(' ') && category_of(entry) == Some(*category))
            .map(|entry| code(entry.name()))
            .collect();
        if !names.is_empty() {
            let title = Message::new("help-category").with("category", category.key());
            embed = embed.field(call.say(&title), names.join(" "), false);
        }
    }
    embed
}

/// Where a command is listed; a group, where the command is that stands for it.
fn category_of(entry: &Entry) -> Option<Category> {
    entry.spec.map(|spec| spec.category)
}
