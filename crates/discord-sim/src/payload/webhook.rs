//! Webhooks, invites and emoji of guilds.

use serde_json::{Value, json};

use crate::clock::iso;
use crate::state::{GuildEmoji, Invite, State, Webhook};

impl State {
    /// A webhook as those see it who may manage webhooks; `with_author` where the bot's token asks.
    pub(crate) fn webhook_json(&self, webhook: &Webhook, with_author: bool) -> Value {
        let mut json = json!({
            "id": webhook.id.to_string(),
            "type": 1,
            "channel_id": webhook.channel.to_string(),
            "guild_id": webhook.guild.to_string(),
            "application_id": null,
            "name": webhook.name,
            "avatar": null,
            "token": webhook.token,
            "url": format!("https://discord.com/api/webhooks/{}/{}", webhook.id, webhook.token),
        });
        if with_author {
            json["user"] = self.user_json(webhook.author);
        }
        json
    }

    /// The author of a webhook's message: nobody who has an account.
    pub(crate) fn webhook_author_json(id: u64, name: &str) -> Value {
        json!({
            "id": id.to_string(),
            "username": name,
            "discriminator": "0000",
            "global_name": null,
            "avatar": null,
            "bot": true,
            "flags": 0,
            "public_flags": 0,
            "primary_guild": null,
        })
    }

    pub(crate) fn invite_json(&self, invite: &Invite) -> Value {
        let channel = self.channels.get(&invite.channel);
        let guild = self.guilds.get(&invite.guild);
        json!({
            "type": 0,
            "code": invite.code,
            "inviter": self.user_json(invite.author),
            "max_age": invite.max_age,
            "max_uses": invite.max_uses,
            "uses": invite.uses,
            "temporary": invite.temporary,
            "created_at": iso(invite.created_ms),
            "expires_at": invite.expires_ms().map(iso),
            "flags": 0,
            "guild_id": invite.guild.to_string(),
            "guild": {
                "id": invite.guild.to_string(),
                "name": guild.map(|guild| guild.name.clone()),
                "splash": null,
                "banner": null,
                "description": null,
                "icon": null,
                "features": [],
                "verification_level": 0,
                "vanity_url_code": null,
                "nsfw_level": 0,
                "nsfw": false,
                "premium_subscription_count": 0,
            },
            "channel": {
                "id": invite.channel.to_string(),
                "type": channel.map(crate::state::Channel::type_number),
                "name": channel.map(|channel| channel.name.clone()),
            },
        })
    }

    pub(crate) fn emoji_json(&self, emoji: &GuildEmoji) -> Value {
        json!({
            "id": emoji.id.to_string(),
            "name": emoji.name,
            "roles": emoji.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "user": self.user_json(emoji.author),
            "require_colons": true,
            "managed": false,
            "animated": false,
            "available": true,
        })
    }
}
