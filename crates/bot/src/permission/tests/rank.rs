//! Effective ranks.

use super::people::{self, GUILD, has};
use crate::{
    discord::{guild::GuildFacts, member::MemberFacts},
    permission::{Rank, RankSource, Rules},
};
use entity::value::PermissionMode;
use poise::serenity_prelude::{Permissions, RoleId};
use proptest::prelude::*;

/// The rank by the words of the specification.
pub(super) fn slow(guild: &GuildFacts, member: &MemberFacts, rules: &Rules) -> i64 {
    let mut best = 0;
    for (role, rank) in &rules.roles {
        if *role == GUILD || member.roles.contains(&RoleId::new(*role)) {
            best = best.max(*rank);
        }
    }
    let has = |bit| has(guild, member, bit);
    if has(Permissions::ADMINISTRATOR) {
        best = best.max(rules.administrator_rank.unwrap_or(0));
    }
    let bits_count = match rules.mode {
        PermissionMode::Discord | PermissionMode::Either => true,
        PermissionMode::Auto => rules.roles.is_empty(),
        PermissionMode::Ranks => false,
    };
    if bits_count {
        let by_bit = [
            (Permissions::ADMINISTRATOR, 7),
            (Permissions::MANAGE_GUILD, 5),
            (Permissions::BAN_MEMBERS, 3),
            (Permissions::KICK_MEMBERS, 3),
            (Permissions::MODERATE_MEMBERS, 2),
        ];
        for (bit, rank) in by_bit {
            if has(bit) {
                best = best.max(rank);
            }
        }
    }
    best
}

proptest! {
    #[test]
    fn it_is_the_highest_that_anything_gives(
        guild in people::guild(), member in people::member(7), rules in people::rules(),
    ) {
        let rank = Rank::of(&guild, &member, &rules);
        prop_assert_eq!(rank.value, slow(&guild, &member, &rules));
        match rank.source {
            RankSource::Role(role) => {
                prop_assert!(role.get() == GUILD || member.roles.contains(&role));
                prop_assert_eq!(rules.roles.get(&role.get()), Some(&rank.value));
            }
            RankSource::Administrator => {
                prop_assert_eq!(rules.administrator_rank, Some(rank.value));
            }
            RankSource::Permissions => prop_assert!(rules.bits_give_ranks()),
            RankSource::Nothing => prop_assert_eq!(rank.value, 0),
        }
    }

    #[test]
    fn another_role_never_lowers_it(
        guild in people::guild(), member in people::member(7), rules in people::rules(), role in people::ROLES,
    ) {
        let mut richer = member.clone();
        richer.roles.push(RoleId::new(role));
        let of = |member| Rank::of(&guild, member, &rules).value;
        prop_assert!(of(&richer) >= of(&member));
    }
}
