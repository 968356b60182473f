//! Guilds, members and rules at random: few of each, so that they meet often.

use crate::{
    command::{Access, Catalog, Category, Scope, Spec, Visibility},
    commands,
    discord::{
        guild::{GuildFacts, RoleFacts},
        member::MemberFacts,
    },
    permission::{CommandRule, Rules},
};
use entity::value::PermissionMode;
use poise::serenity_prelude::{GuildId, Permissions, RoleId, UserId};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The guild, and its role @everyone.
pub(super) const GUILD: u64 = 1;
/// Its owner.
pub(super) const OWNER: u64 = 100;
/// Its roles beside @everyone.
pub(super) const ROLES: std::ops::Range<u64> = 2..7;

/// A command for operators, of which the tree has none yet.
pub(super) const OPERATOR: Spec = Spec {
    path: "op",
    aliases: &[],
    category: Category::Core,
    access: Access {
        rank: 0,
        bits: Permissions::empty(),
        scope: Scope::Operator,
    },
    visibility: Visibility::Private,
    params: &[],
};

/// Every command.
pub(super) fn commands() -> Vec<&'static Spec> {
    let tree = Catalog::of(&commands::tree());
    tree.specs().chain([&OPERATOR]).collect()
}

pub(super) fn command() -> impl Strategy<Value = &'static Spec> {
    prop::sample::select(commands())
}

/// Permissions that decide something.
fn bits() -> impl Strategy<Value = Permissions> {
    let some = vec![
        Permissions::MANAGE_GUILD,
        Permissions::BAN_MEMBERS,
        Permissions::KICK_MEMBERS,
        Permissions::MODERATE_MEMBERS,
        Permissions::VIEW_AUDIT_LOG,
    ];
    let some = prop::sample::subsequence(some, 0..=3);
    (some, prop::bool::weighted(0.1)).prop_map(|(some, administrator)| {
        let bits = some
            .into_iter()
            .fold(Permissions::empty(), |all, one| all | one);
        if administrator {
            bits | Permissions::ADMINISTRATOR
        } else {
            bits
        }
    })
}

pub(super) fn guild() -> impl Strategy<Value = GuildFacts> {
    let role = (0u16..4, bits(), prop::bool::weighted(0.2));
    let others = prop::collection::vec(role, ROLES.count());
    (bits(), others).prop_map(|(everyone, others)| {
        let all = std::iter::once((0, everyone - Permissions::ADMINISTRATOR, false)).chain(others);
        let facts = |(id, (position, permissions, managed)): (u64, _)| {
            let role = RoleFacts {
                name: id.to_string(),
                position,
                permissions,
                managed,
            };
            (RoleId::new(id), role)
        };
        GuildFacts {
            id: GuildId::new(GUILD),
            name: "Rookery".to_owned(),
            owner_id: UserId::new(OWNER),
            roles: (GUILD..).zip(all).map(facts).collect(),
        }
    })
}

/// A member with this id and some roles.
pub(super) fn member(id: u64) -> impl Strategy<Value = MemberFacts> {
    let roles: Vec<u64> = ROLES.collect();
    prop::sample::subsequence(roles, 0..=3).prop_map(move |roles| MemberFacts {
        id: UserId::new(id),
        name: format!("member {id}"),
        bot: false,
        roles: roles.into_iter().map(RoleId::new).collect(),
        timed_out_until: None,
        joined_at: None,
    })
}

pub(super) fn rules() -> impl Strategy<Value = Rules> {
    let roles = prop::collection::btree_map(GUILD..ROLES.end, 0i64..=10, 0..4);
    let rule = (prop::option::of(0i64..=10), prop::bool::weighted(0.8));
    let rule = rule.prop_map(|(required_rank, enabled)| CommandRule {
        required_rank,
        enabled,
    });
    let paths = vec![
        "permissions",
        "permissions role",
        "cases",
        "cases edit",
        "ban",
        "help",
    ];
    let paths = prop::sample::select(paths).prop_map(str::to_owned);
    (
        prop::sample::select(PermissionMode::ALL),
        prop::option::weighted(0.8, 0i64..=10),
        any::<bool>(),
        roles,
        prop::collection::btree_map(paths, rule, 0..4),
    )
        .prop_map(
            |(mode, administrator_rank, rank_hierarchy, roles, commands)| Rules {
                mode,
                administrator_rank,
                rank_hierarchy,
                ranks: BTreeMap::new(),
                roles,
                commands,
            },
        )
}

/// Whether somebody has a permission everywhere, one role after another.
pub(super) fn has(guild: &GuildFacts, member: &MemberFacts, bit: Permissions) -> bool {
    let held = |id: &RoleId| id.get() == GUILD || member.roles.contains(id);
    member.id == guild.owner_id
        || guild.roles.iter().any(|(id, role)| {
            held(id)
                && role
                    .permissions
                    .intersects(bit | Permissions::ADMINISTRATOR)
        })
}
