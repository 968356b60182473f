//! A member as permission checks and cases need them.

use crate::{failure::Result, outbox::Answer};
use chrono::{DateTime, Utc};
use poise::serenity_prelude::{
    Context, GuildId, Http, Member, PartialMember, RoleId, User, UserId,
};

/// Somebody in a guild.
#[derive(Debug, Clone)]
pub struct MemberFacts {
    /// Their id.
    pub id: UserId,
    /// Their name, as shown in the guild.
    pub name: String,
    /// Whether they are a bot.
    pub bot: bool,
    /// Their roles, without @everyone.
    pub roles: Vec<RoleId>,
    /// The end of their timeout; it may have passed.
    pub timed_out_until: Option<DateTime<Utc>>,
    /// Since when they have been in the guild, where Discord says so.
    pub joined_at: Option<DateTime<Utc>>,
}

/// From a whole member.
pub fn of_member(member: &Member) -> MemberFacts {
    MemberFacts {
        id: member.user.id,
        name: member.display_name().to_owned(),
        bot: member.user.bot,
        roles: member.roles.clone(),
        timed_out_until: member.communication_disabled_until.map(|until| *until),
        joined_at: member.joined_at.map(|at| *at),
    }
}

/// From the author of a message, whose member comes without the user.
pub fn of_message(author: &User, member: &PartialMember) -> MemberFacts {
    MemberFacts {
        id: author.id,
        name: member
            .nick
            .clone()
            .unwrap_or_else(|| author.display_name().to_owned()),
        bot: author.bot,
        roles: member.roles.clone(),
        timed_out_until: None,
        joined_at: member.joined_at.map(|at| *at),
    }
}

/// The bot itself, from the cache, else from Discord.
///
/// # Errors
/// [`crate::failure::Failure::Discord`].
pub async fn bot(ctx: &Context, guild: GuildId) -> Result<MemberFacts> {
    let id = ctx.cache.current_user().id;
    if let Some(cached) = ctx.cache.guild(guild)
        && let Some(member) = cached.members.get(&id)
    {
        return Ok(of_member(member));
    }
    fetch(&ctx.http, guild, id).await
}

/// The member as Discord knows them now; `None`: nobody in the guild has this id.
///
/// # Errors
/// [`crate::failure::Failure::Discord`].
pub async fn find(http: &Http, guild: GuildId, user: UserId) -> Result<Option<MemberFacts>> {
    match http.get_member(guild, user).await {
        Ok(member) => Ok(Some(of_member(&member))),
        Err(error) => match Answer::of(&error) {
            Answer::Refused { http: 404, .. } => Ok(None),
            _ => Err(error.into()),
        },
    }
}

/// The member as Discord knows them now.
///
/// # Errors
/// [`crate::failure::Failure::Discord`]; not found when they are not in the guild.
pub async fn fetch(http: &Http, guild: GuildId, user: UserId) -> Result<MemberFacts> {
    Ok(of_member(&http.get_member(guild, user).await?))
}
