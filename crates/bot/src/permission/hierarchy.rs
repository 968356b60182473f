//! Whether somebody may act on somebody else. Checked before anything is written or sent.

use super::{Rank, Rules, lacking};
use crate::{
    discord::{guild::GuildFacts, member::MemberFacts},
    failure::Result,
    text::{Message, escape_markdown},
};
use poise::serenity_prelude::{Permissions, UserId};

/// The three parties of an action.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    /// The guild.
    pub guild: &'a GuildFacts,
    /// Its rules.
    pub rules: &'a Rules,
    /// Who acts.
    pub actor: &'a MemberFacts,
    /// The bot, which has to carry it out.
    pub bot: &'a MemberFacts,
}

/// Checks, in this order: oneself, the bot, the owner, the actor's roles, the actor's rank, the bot's
/// roles, the bot's permissions. `target` is `None` for somebody who is not in the guild, to whom
/// only the first two and the last apply. `bot_needs` is empty for actions that Discord has no part in.
///
/// # Errors
/// The refusal of the first check that fails.
pub fn check_target(
    party: Party<'_>,
    target_id: UserId,
    target: Option<&MemberFacts>,
    bot_needs: Permissions,
) -> Result {
    let Party {
        guild,
        rules,
        actor,
        bot,
    } = party;
    if target_id == actor.id {
        return Err(Message::new("err-target-self").into());
    }
    if target_id == bot.id {
        return Err(Message::new("err-target-me").into());
    }
    if let Some(target) = target {
        let named = |id| Message::new(id).with("target", escape_markdown(&target.name));
        if target.id == guild.owner_id {
            return Err(named("err-target-owner").into());
        }
        let height = guild.height(&target.roles);
        let actor_is_owner = actor.id == guild.owner_id;
        if !actor_is_owner && height >= guild.height(&actor.roles) {
            return Err(named("err-target-hierarchy").into());
        }
        let (target_rank, own) = (
            Rank::of(guild, target, rules),
            Rank::of(guild, actor, rules),
        );
        // Everybody at rank 0 is a plain member: the order of roles has already decided about them.
        let outranked = target_rank.value >= own.value && target_rank.value > 0;
        if !actor_is_owner && rules.rank_hierarchy && outranked {
            return Err(named("err-target-rank")
                .with("target-rank", target_rank.value)
                .with("own", own.value)
                .into());
        }
        if !bot_needs.is_empty() && height >= guild.height(&bot.roles) {
            return Err(named("err-bot-hierarchy").into());
        }
    }
    let bot_bits = guild.permissions(bot.id, &bot.roles);
    if !bot_bits.contains(bot_needs) {
        return Err(lacking("err-bot-perm", bot_needs - bot_bits)
            .with("channel", "none")
            .into());
    }
    Ok(())
}
