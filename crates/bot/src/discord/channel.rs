//! A channel as permission checks need it.

use super::guild::GuildFacts;
use crate::{failure::Result, outbox::Answer};
use poise::serenity_prelude::{
    Channel, ChannelId, ChannelType, Context, Guild, GuildChannel, GuildId, PermissionOverwrite,
    PermissionOverwriteType, Permissions, RoleId, UserId,
};

/// A channel of a guild.
#[derive(Debug, Clone)]
pub struct ChannelFacts {
    /// Its id.
    pub id: ChannelId,
    /// What kind of channel it is.
    pub kind: ChannelType,
    /// What it allows and denies to whom; a thread has those of the channel above it.
    pub overwrites: Vec<PermissionOverwrite>,
}

/// The permissions that no channel can change.
const OF_GUILD: Permissions = Permissions::ADMINISTRATOR
    .union(Permissions::BAN_MEMBERS)
    .union(Permissions::CHANGE_NICKNAME)
    .union(Permissions::KICK_MEMBERS)
    .union(Permissions::MANAGE_GUILD)
    .union(Permissions::MANAGE_GUILD_EXPRESSIONS)
    .union(Permissions::MANAGE_NICKNAMES)
    .union(Permissions::MODERATE_MEMBERS)
    .union(Permissions::VIEW_AUDIT_LOG)
    .union(Permissions::VIEW_GUILD_INSIGHTS);

impl ChannelFacts {
    /// Whether messages can be sent to it.
    pub fn takes_messages(&self) -> bool {
        matches!(
            self.kind,
            ChannelType::Text | ChannelType::News | ChannelType::Voice | ChannelType::Stage
        ) || self.is_thread()
    }

    /// What the bot needs to post embeds here.
    pub fn posting_needs(&self) -> Permissions {
        let send = if self.is_thread() {
            Permissions::SEND_MESSAGES_IN_THREADS
        } else {
            Permissions::SEND_MESSAGES
        };
        Permissions::VIEW_CHANNEL | send | Permissions::EMBED_LINKS
    }

    /// What somebody with these roles may do here. Who cannot see a channel can do nothing in it.
    pub fn permissions(&self, guild: &GuildFacts, user: UserId, roles: &[RoleId]) -> Permissions {
        let everywhere = guild.permissions(user, roles);
        if everywhere.administrator() {
            return everywhere;
        }
        let everyone = RoleId::new(guild.id.get());
        let of_everyone = |kind| kind == PermissionOverwriteType::Role(everyone);
        let of_roles = |kind| matches!(kind, PermissionOverwriteType::Role(role) if role != everyone && roles.contains(&role));
        let of_member = |kind| kind == PermissionOverwriteType::Member(user);
        let bits = self.overwritten(everywhere, of_everyone);
        let bits = self.overwritten(bits, of_roles);
        let bits = self.overwritten(bits, of_member);
        if bits.view_channel() {
            bits
        } else {
            Permissions::empty()
        }
    }

    /// What somebody may do when they use a command here: what holds for the guild as a whole does not
    /// depend on the channel.
    pub fn permissions_of_caller(
        &self,
        guild: &GuildFacts,
        user: UserId,
        roles: &[RoleId],
    ) -> Permissions {
        let everywhere = guild.permissions(user, roles);
        self.permissions(guild, user, roles) | (everywhere & OF_GUILD)
    }

    /// `bits` after the overwrites of one layer; what one of them allows, no other of them denies.
    fn overwritten(
        &self,
        bits: Permissions,
        counts: impl Fn(PermissionOverwriteType) -> bool,
    ) -> Permissions {
        let none = (Permissions::empty(), Permissions::empty());
        let layer = self.overwrites.iter().filter(|one| counts(one.kind));
        let (allow, deny) = layer.fold(none, |(allow, deny), one| {
            (allow | one.allow, deny | one.deny)
        });
        (bits - deny) | allow
    }

    fn is_thread(&self) -> bool {
        matches!(
            self.kind,
            ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread
        )
    }
}

/// The channel from the cache, else from Discord; `None`: the guild has no such channel, or the bot
/// may not know about it.
///
/// # Errors
/// [`crate::failure::Failure::Discord`].
pub async fn find(ctx: &Context, guild_id: GuildId, id: ChannelId) -> Result<Option<ChannelFacts>> {
    if let Some(guild) = ctx.cache.guild(guild_id)
        && let Some(channel) = cached(&guild, id)
    {
        let above = channel.parent_id.and_then(|id| guild.channels.get(&id));
        return Ok(Some(facts(channel, above)));
    }
    let Some(channel) = fetched(ctx, guild_id, id).await? else {
        return Ok(None);
    };
    let above = match channel
        .parent_id
        .filter(|_| channel.thread_metadata.is_some())
    {
        Some(parent) => fetched(ctx, guild_id, parent).await?,
        None => None,
    };
    Ok(Some(facts(&channel, above.as_ref())))
}

fn cached(guild: &Guild, id: ChannelId) -> Option<&GuildChannel> {
    let thread = || guild.threads.iter().find(|thread| thread.id == id);
    guild.channels.get(&id).or_else(thread)
}

async fn fetched(ctx: &Context, guild_id: GuildId, id: ChannelId) -> Result<Option<GuildChannel>> {
    match ctx.http.get_channel(id).await {
        Ok(Channel::Guild(channel)) if channel.guild_id == guild_id => Ok(Some(channel)),
        Ok(_) => Ok(None),
        Err(error) => match Answer::of(&error) {
            Answer::Refused {
                http: 403 | 404, ..
            } => Ok(None),
            _ => Err(error.into()),
        },
    }
}

/// `above` is the category of a channel, or the channel of a thread; only threads inherit from it.
fn facts(channel: &GuildChannel, above: Option<&GuildChannel>) -> ChannelFacts {
    let inherited = above.filter(|_| channel.thread_metadata.is_some());
    ChannelFacts {
        id: channel.id,
        kind: channel.kind,
        overwrites: inherited.unwrap_or(channel).permission_overwrites.clone(),
    }
}

#[cfg(test)]
mod tests;
