//! Where somebody uses the bot, and whether they may.

use super::Spec;
use crate::{
    data::Data,
    discord::{
        guild::{self, GuildFacts},
        member::{self, MemberFacts},
    },
    failure::Result,
    permission::{self, Caller, Decision, Rules, Standing},
};
use poise::serenity_prelude::{Context, GuildId, UserId};
use std::sync::Arc;

/// The guild of a call or a press, and the caller as its member.
#[derive(Debug, Clone)]
pub struct InGuild {
    /// The guild: roles, owner.
    pub guild: Arc<GuildFacts>,
    /// The caller.
    pub member: MemberFacts,
    /// The guild's permission rules as they are stored now.
    pub rules: Arc<Rules>,
}

impl InGuild {
    /// The guild and the caller in it, as they are now. `member` is what came with the event, if
    /// anything did.
    pub(crate) async fn load(
        ctx: &Context,
        data: &Data,
        guild_id: GuildId,
        user_id: UserId,
        member: Option<MemberFacts>,
    ) -> Result<Self> {
        let guild = guild::facts(ctx, guild_id).await?;
        let member = match member {
            Some(member) => member,
            None => member::fetch(&ctx.http, guild_id, user_id).await?,
        };
        let rules = Rules::load(data.database.db().guild(guild_id.get().cast_signed())).await?;
        Ok(Self {
            guild,
            member,
            rules: Arc::new(rules),
        })
    }

    /// How the caller stands in the guild.
    pub(crate) fn standing(&self) -> Standing {
        Standing::of(&self.guild, &self.member, &self.rules)
    }
}

/// Whether somebody may use a command: in the guild of `place`, or in a direct message without one.
pub(crate) fn decide(
    spec: &Spec,
    data: &Data,
    user_id: UserId,
    place: Option<&InGuild>,
) -> Decision {
    let caller = Caller {
        user_id: user_id.get(),
        operator: data.operators.contains(&user_id.get()),
        member: place.map(InGuild::standing),
    };
    permission::decide(spec, &caller, place.map(|place| &*place.rules))
}
