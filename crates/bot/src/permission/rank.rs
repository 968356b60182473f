//! Effective ranks.

use super::Rules;
use crate::discord::{guild::GuildFacts, member::MemberFacts};
use poise::serenity_prelude::{Permissions, RoleId};

/// A rank and what gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// 0 to 10.
    pub value: i64,
    /// What gives it.
    pub source: RankSource,
}

/// What gives a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankSource {
    /// A role.
    Role(RoleId),
    /// Discord's Administrator.
    Administrator,
    /// Another of Discord's permissions.
    Permissions,
    /// Nothing: rank 0.
    Nothing,
}

impl Rank {
    /// The highest rank that roles, Administrator and, where they count, Discord's permissions give.
    pub fn of(guild: &GuildFacts, member: &MemberFacts, rules: &Rules) -> Self {
        let bits = guild.permissions(member.id, &member.roles);
        Self::from_roles(guild, &member.roles, bits, rules)
    }

    /// The same of somebody who has these roles and may do this.
    pub(super) fn from_roles(
        guild: &GuildFacts,
        held: &[RoleId],
        bits: Permissions,
        rules: &Rules,
    ) -> Self {
        let everyone = RoleId::new(guild.id.get());
        let by_role = held.iter().chain([&everyone]).filter_map(|role| {
            let value = *rules.roles.get(&role.get())?;
            Some(Self {
                value,
                source: RankSource::Role(*role),
            })
        });
        let administrator = bits
            .administrator()
            .then_some(rules.administrator_rank)
            .flatten()
            .map(|value| Self {
                value,
                source: RankSource::Administrator,
            });
        let by_bits = rules
            .bits_give_ranks()
            .then(|| Self {
                value: virtual_rank(bits),
                source: RankSource::Permissions,
            })
            .filter(|rank| rank.value > 0);
        by_role.chain(administrator).chain(by_bits).fold(
            Self {
                value: 0,
                source: RankSource::Nothing,
            },
            |best, rank| {
                if rank.value > best.value { rank } else { best }
            },
        )
    }
}

/// The rank that Discord's permissions stand for while a guild has none of its own.
pub fn virtual_rank(bits: Permissions) -> i64 {
    const STAFF: Permissions = Permissions::MODERATE_MEMBERS
        .union(Permissions::MANAGE_MESSAGES)
        .union(Permissions::MANAGE_CHANNELS)
        .union(Permissions::MANAGE_NICKNAMES)
        .union(Permissions::MANAGE_ROLES);
    if bits.administrator() {
        7
    } else if bits.manage_guild() {
        5
    } else if bits.intersects(Permissions::BAN_MEMBERS | Permissions::KICK_MEMBERS) {
        3
    } else if bits.intersects(STAFF) {
        2
    } else {
        0
    }
}
