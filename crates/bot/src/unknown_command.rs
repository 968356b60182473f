//! Prefix commands that do not exist.

use crate::{
    command::InGuild,
    data::Data,
    discord::member,
    on_error::chain,
    parse::suggest,
    screen::Viewer,
    text::{Lang, Message, code},
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
    let suggestions: Vec<String> = meant(ctx, data, message, &settings.lang, word)
        .await
        .into_iter()
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
        tracing::debug!(error = %chain(&error), "no answer to an unknown command");
    }
}

/// Up to three names that were probably meant, of commands that the author may use here.
async fn meant<'d>(
    ctx: &Context,
    data: &'d Data,
    message: &DiscordMessage,
    lang: &Lang,
    word: &str,
) -> Vec<&'d str> {
    let place = match message.guild_id {
        None => None,
        Some(guild) => {
            let partial = message.member.as_deref();
            let member = partial.map(|partial| member::of_message(&message.author, partial));
            match InGuild::load(ctx, data, guild, message.author.id, member).await {
                Ok(place) => Some(place),
                // Who may do what is not known: then nothing is suggested.
                Err(error) => {
                    tracing::debug!(error = %chain(&error), "no suggestions");
                    return Vec::new();
                }
            }
        }
    };
    let viewer = Viewer {
        data,
        lang,
        user_id: message.author.id,
        place: place.as_ref(),
    };
    let usable = data
        .commands
        .children("")
        .filter(|entry| viewer.may_use(entry));
    let names = usable.flat_map(|entry| entry.aliases.iter().copied().chain([entry.name()]));
    suggest(word, names)
}
