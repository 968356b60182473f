//! Which events the bot asks Discord for.

use poise::serenity_prelude::GatewayIntents;
use settings::Discord;

/// What the settings allow to ask for.
pub fn of(settings: &Discord) -> GatewayIntents {
    let mut intents = GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::DIRECT_MESSAGES
        | GatewayIntents::GUILD_MODERATION;
    intents.set(GatewayIntents::MESSAGE_CONTENT, settings.message_content);
    intents.set(GatewayIntents::GUILD_MEMBERS, settings.guild_members);
    intents
}
