//! Who may act on whom.

use super::{
    people::{self, OWNER, has},
    rank,
};
use crate::{
    discord::{guild::GuildFacts, member::MemberFacts},
    failure::Failure,
    permission::{Party, Rules, check_steps, check_target},
};
use poise::serenity_prelude::{Permissions, UserId};
use proptest::prelude::*;
use std::cmp::Ordering;

const ACTOR: u64 = 7;
const TARGET: u64 = 8;
const BOT: u64 = 9;

/// The order of two members by their highest roles; of two roles in one position the older is higher.
fn order(guild: &GuildFacts, a: &MemberFacts, b: &MemberFacts) -> Ordering {
    let highest = |member: &MemberFacts| {
        let mut roles: Vec<(u16, u64)> = member
            .roles
            .iter()
            .map(|id| (guild.roles[id].position, id.get()))
            .collect();
        roles.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        roles.first().copied()
    };
    match (highest(a), highest(b)) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(a), Some(b)) => a.0.cmp(&b.0).then(b.1.cmp(&a.1)),
    }
}

/// The first refusal by the words of the specification.
fn slow(
    guild: &GuildFacts,
    rules: &Rules,
    actor: &MemberFacts,
    bot: &MemberFacts,
    target: &MemberFacts,
    needs: Permissions,
) -> Option<&'static str> {
    let owner = actor.id == guild.owner_id;
    let (its, own) = (
        rank::slow(guild, target, rules),
        rank::slow(guild, actor, rules),
    );
    let checks = [
        (target.id == actor.id, "err-target-self"),
        (target.id == bot.id, "err-target-me"),
        (target.id == guild.owner_id, "err-target-owner"),
        (
            !owner && order(guild, target, actor).is_ge(),
            "err-target-hierarchy",
        ),
        (
            !owner && rules.rank_hierarchy && its > 0 && its >= own,
            "err-target-rank",
        ),
        (
            !needs.is_empty() && order(guild, target, bot).is_ge(),
            "err-bot-hierarchy",
        ),
        (
            needs.iter().any(|bit| !has(guild, bot, bit)),
            "err-bot-perm",
        ),
    ];
    checks
        .into_iter()
        .find(|(fails, _)| *fails)
        .map(|(_, id)| id)
}

fn refusal(result: Result<(), Failure>) -> Option<&'static str> {
    match result {
        Ok(()) => None,
        Err(Failure::Refused(message)) => Some(message.id),
        Err(other) => panic!("{other}"),
    }
}

fn needs() -> impl Strategy<Value = Permissions> {
    prop_oneof![Just(Permissions::empty()), Just(Permissions::BAN_MEMBERS)]
}

/// Usually somebody else, sometimes the owner, the bot or the actor.
fn target() -> impl Strategy<Value = MemberFacts> {
    prop_oneof![4 => Just(TARGET), 1 => Just(OWNER), 1 => Just(BOT), 1 => Just(ACTOR)]
        .prop_flat_map(people::member)
}

fn actor() -> impl Strategy<Value = MemberFacts> {
    prop_oneof![3 => Just(ACTOR), 1 => Just(OWNER)].prop_flat_map(people::member)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_first_check_that_fails_refuses(
        guild in people::guild(), rules in people::rules(),
        actor in actor(), bot in people::member(BOT), target in target(), needs in needs(),
    ) {
        let party = Party { guild: &guild, rules: &rules, actor: &actor, bot: &bot };
        let found = refusal(check_target(party, target.id, Some(&target), needs));
        prop_assert_eq!(found, slow(&guild, &rules, &actor, &bot, &target, needs));
        let steps = check_steps(party, target.id, Some(&target), needs);
        let first = steps.iter().find_map(|(_, refusal)| refusal.as_ref());
        prop_assert_eq!(found, first.map(|refusal| refusal.id));
    }

    #[test]
    fn of_two_members_at_most_one_may_act_on_the_other(
        guild in people::guild(), rules in people::rules(),
        one in people::member(ACTOR), other in people::member(TARGET), bot in people::member(BOT),
    ) {
        let may = |actor, target: &MemberFacts| {
            let party = Party { guild: &guild, rules: &rules, actor, bot: &bot };
            check_target(party, target.id, Some(target), Permissions::empty()).is_ok()
        };
        prop_assert!(!(may(&one, &other) && may(&other, &one)));
    }

    #[test]
    fn somebody_outside_the_guild_is_protected_by_nothing_but_who_they_are(
        guild in people::guild(), rules in people::rules(),
        actor in people::member(ACTOR), bot in people::member(BOT), id in prop::sample::select(vec![ACTOR, BOT, 77]),
    ) {
        let party = Party { guild: &guild, rules: &rules, actor: &actor, bot: &bot };
        let found = refusal(check_target(party, UserId::new(id), None, Permissions::empty()));
        let expected = match id {
            ACTOR => Some("err-target-self"),
            BOT => Some("err-target-me"),
            _ => None,
        };
        prop_assert_eq!(found, expected);
    }
}
