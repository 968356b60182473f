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

/// A check of an action's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetCheck {
    /// Nobody acts on themselves.
    Oneself,
    /// Nobody acts on the bot by means of the bot.
    Bot,
    /// Nobody acts on the guild's owner.
    Owner,
    /// The actor's highest role is above the target's.
    Roles,
    /// The actor's rank is above the target's.
    Rank,
    /// The bot's highest role is above the target's.
    BotRoles,
    /// The bot has the permission.
    BotPermissions,
}

/// Every check that applies, in order, with the refusal of those that fail. `target` is `None` for
/// somebody who is not in the guild, to whom only the first two and the last apply. `bot_needs` is empty
/// for actions that Discord has no part in.
pub fn check_steps(
    party: Party<'_>,
    target_id: UserId,
    target: Option<&MemberFacts>,
    bot_needs: Permissions,
) -> Vec<(TargetCheck, Option<Message>)> {
    let Party { guild, bot, .. } = party;
    let refused = |fails: bool, id| fails.then(|| Message::new(id));
    let mut steps = vec![
        (
            TargetCheck::Oneself,
            refused(target_id == party.actor.id, "err-target-self"),
        ),
        (
            TargetCheck::Bot,
            refused(target_id == bot.id, "err-target-me"),
        ),
    ];
    if let Some(target) = target {
        steps.extend(member_steps(party, target, bot_needs));
    }
    let lacking_bits = bot_needs - guild.permissions(bot.id, &bot.roles);
    let refusal = || lacking("err-bot-perm", lacking_bits).with("channel", "none");
    steps.push((
        TargetCheck::BotPermissions,
        (!lacking_bits.is_empty()).then(refusal),
    ));
    steps
}

/// The checks of somebody who is in the guild.
fn member_steps(
    party: Party<'_>,
    target: &MemberFacts,
    bot_needs: Permissions,
) -> Vec<(TargetCheck, Option<Message>)> {
    let Party {
        guild,
        rules,
        actor,
        bot,
    } = party;
    let named = |id| Message::new(id).with("target", escape_markdown(&target.name));
    let refused = |fails: bool, id| fails.then(|| named(id));
    let actor_is_owner = actor.id == guild.owner_id;
    let height = guild.height(&target.roles);
    let not_above = height >= guild.height(&actor.roles);
    let mut steps = vec![
        (
            TargetCheck::Owner,
            refused(target.id == guild.owner_id, "err-target-owner"),
        ),
        (
            TargetCheck::Roles,
            refused(!actor_is_owner && not_above, "err-target-hierarchy"),
        ),
    ];
    if rules.rank_hierarchy {
        let (its, own) = (
            Rank::of(guild, target, rules).value,
            Rank::of(guild, actor, rules).value,
        );
        // Everybody at rank 0 is a plain member: the order of roles has already decided about them.
        let outranked = !actor_is_owner && its >= own && its > 0;
        let refusal = || {
            named("err-target-rank")
                .with("target-rank", its)
                .with("own", own)
        };
        steps.push((TargetCheck::Rank, outranked.then(refusal)));
    }
    if !bot_needs.is_empty() {
        let not_above = height >= guild.height(&bot.roles);
        steps.push((
            TargetCheck::BotRoles,
            refused(not_above, "err-bot-hierarchy"),
        ));
    }
    steps
}

/// The checks of [`check_steps`], of which the first that fails decides.
///
/// # Errors
/// The refusal of the first check that fails.
pub fn check_target(
    party: Party<'_>,
    target_id: UserId,
    target: Option<&MemberFacts>,
    bot_needs: Permissions,
) -> Result {
    let steps = check_steps(party, target_id, target, bot_needs);
    let refusal = steps.into_iter().find_map(|(_, refusal)| refusal);
    refusal.map_or(Ok(()), |refusal| Err(refusal.into()))
}
