//! Prefix commands that do not exist.

use crate::{
    data::Data,
    parse::suggest,
    text::{Message, code},
};
use poise::serenity_prelude::{
    Context, CreateAllowedMentions, CreateMessage, Message as DiscordMessage,
};

/// Suggests what was probably meant. Silent when the text is no word, such as `!?`.
pub(crate) async fn answer(ctx: &Context, data: &Data, message: &DiscordMessage, content: &str) {
    let word = content.split_whitespace().next().unwrap_or_default();
    if !word.chars().any(char::is_alphanumeric) {
        return;
    }
    let settings = data.guilds.settings(message.guild_id).await;
    let top = data.commands.children("");
    let names = top.flat_map(|entry| entry.aliases.iter().copied().chain([entry.name()]));
    let suggestions: Vec<String> = suggest(word, names)
        .into_iter()
        .take(3)
        .map(|name| code(&format!("{}{name}", settings.prefix)))
        .collect();
    let text = Message::new("unknown-command")
        .with("command", code(word))
        .with("prefix", settings.prefix.as_str())
        .with("count", suggestions.len())
        .with("suggestions", suggestions.join(", "));
    let reply = CreateMessage::new()
        .content(data.texts.render(&settings.lang, &text))
        .reference_message(message)
        .allowed_mentions(CreateAllowedMentions::new());
    if let Err(error) = message.channel_id.send_message(&ctx.http, reply).await {
        tracing::debug!(error = %crate::on_error::chain(&error), "no answer to an unknown command");
    }
}
