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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn privileged_intents_are_asked_for_as_far_as_the_settings_allow() {
        let mut settings = Discord::default();
        assert!(
            of(&settings).contains(GatewayIntents::MESSAGE_CONTENT | GatewayIntents::GUILD_MEMBERS)
        );
        settings.message_content = false;
        settings.guild_members = false;
        assert!((of(&settings) & GatewayIntents::privileged()).is_empty());
    }
}
