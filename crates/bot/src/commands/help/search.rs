//! Commands by a word in their name or summary.

use super::{summary, usable};
use crate::{
    command::{Call, Entry},
    text::{Message, code, fit},
};
use poise::serenity_prelude::CreateEmbed;

/// Most characters of an embed's description.
const DESCRIPTION: usize = 4096;

/// The commands whose name, other names or summary contain the text; those whose name does come first.
pub(super) fn find<'a>(call: &'a Call<'_>, text: &str) -> Vec<&'a Entry> {
    let text = text.to_lowercase();
    let mut found: Vec<(u8, &Entry)> = usable(call)
        .filter_map(|entry| {
            let names = entry.aliases.iter().copied().chain([entry.path.as_str()]);
            let place = if names.into_iter().any(|name| name.contains(&text)) {
                0
            } else if summary(call, entry).to_lowercase().contains(&text) {
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
pub(super) fn embed(call: &Call<'_>, text: &str, found: &[&Entry]) -> CreateEmbed {
    let lines: Vec<String> = found
        .iter()
        .map(|entry| format!("{} {}", code(&entry.path), summary(call, entry)))
        .collect();
    let title = Message::new("help-found").with("query", code(text));
    CreateEmbed::new().title(call.say(&title)).description(fit(
        &lines,
        "\n",
        DESCRIPTION,
        |count| call.say(&Message::new("list-more").with("count", count)),
    ))
}
