//! `[discord]`: how the bot reaches Discord, and what it may see there.

use std::time::Duration;

use super::section;
use crate::Secret;

section! {
    /// How the bot reaches Discord, and what it may see there.
    pub struct Discord("discord.") {
        /// The bot's token, from the developer portal. Without one, only `rookery sandbox` works.
        token: Option<Secret> = None, env "DISCORD_TOKEN";
        /// Send REST calls to this address instead of Discord: a REST proxy, or an imitation of Discord.
        /// The address of the gateway is asked there too.
        api_url: Option<String> = None, env "DISCORD_API_URL",
            only "an address that begins with http:// or https://"
            if |url| url.as_deref().is_none_or(is_http);
        /// Ask for the privileged intent "Message Content". Without it, commands work only as slash commands
        /// and by mention. It must be switched on in the developer portal as well.
        message_content: bool = true;
        /// Ask for the privileged intent "Server Members". It must be switched on in the developer portal as well.
        guild_members: bool = true;
        /// How many connections to Discord the guilds are spread over. Discord wants another one for each 2,500 guilds;
        /// each takes five seconds more to start.
        shards: u32 = 1, only "a whole number from 1 to 1000" if |n| (1..=1000).contains(n);
        /// A shard that shows no sign of life for so long is started again. Discord wants one every 41 seconds.
        silence: Duration = Duration::from_mins(2);
    }
}

fn is_http(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        url.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    })
}
