//! Every command, rank, permission and relation, one by one, against the specification stated anew.

use super::people::{GUILD, OWNER, commands};
use crate::{
    command::{Scope, Spec},
    discord::{
        guild::{GuildFacts, RoleFacts},
        member::MemberFacts,
    },
    permission::{Caller, Party, Rules, Standing, check_steps, decide},
};
use entity::value::PermissionMode;
use poise::serenity_prelude::{GuildId, Permissions, RoleId, UserId};
use std::collections::{BTreeSet, HashMap};

/// Rank and permission of every command, as the specification of the bot lists them; `""`: none. Some
/// are not built yet.
const SPECIFIED: &[(i64, &str, &[&str])] = &[
    (
        0,
        "",
        &[
            "help",
            "ping",
            "about",
            "case",
            "why",
            "prefix show",
            "cases mine",
        ],
    ),
    (
        2,
        "MODERATE_MEMBERS",
        &[
            "warn",
            "timeout",
            "untimeout",
            "note",
            "cases",
            "cases list",
            "cases edit",
            "cases comment",
            // And what its case is about, which is checked when the case is known.
            "cases retry",
            // Wider than the table, which has one row for all of `reasons`: who gives them sees them.
            "reasons list",
        ],
    ),
    (2, "MANAGE_NICKNAMES", &["nick"]),
    (2, "MANAGE_CHANNELS", &["slowmode"]),
    (3, "BAN_MEMBERS", &["ban", "tempban", "softban", "unban"]),
    (3, "KICK_MEMBERS", &["kick"]),
    (3, "MODERATE_MEMBERS", &["jail", "unjail"]),
    (4, "BAN_MEMBERS", &["cases void", "cases restore"]),
    (4, "MANAGE_ROLES", &["role add", "role remove"]),
    (
        4,
        "MANAGE_CHANNELS",
        &["lockdown start", "lockdown end", "lockdown list"],
    ),
    (
        4,
        "MANAGE_GUILD",
        &["reasons set", "reasons delete", "logs list"],
    ),
    (
        5,
        "MANAGE_GUILD",
        &[
            "prefix set",
            "prefix reset",
            "logs set",
            "logs clear",
            "permissions overview",
            "permissions role set",
            "permissions role clear",
            "permissions command set",
            "permissions command clear",
        ],
    ),
];

/// The role of the person who is looked at, and that of the bot.
const OWN: u64 = 2;
const BOTS: u64 = 3;

fn specified(spec: &Spec) -> (i64, Permissions) {
    let row = SPECIFIED
        .iter()
        .find(|(_, _, paths)| paths.contains(&spec.path));
    let (rank, bit, _) = row.unwrap_or_else(|| panic!("{} is not specified here", spec.path));
    let bit = Permissions::all()
        .iter_names()
        .find_map(|(name, bits)| (name == *bit).then_some(bits));
    (*rank, bit.unwrap_or(Permissions::empty()))
}

fn role(id: u64, position: u16, permissions: Permissions) -> (RoleId, RoleFacts) {
    let facts = RoleFacts {
        name: id.to_string(),
        position,
        permissions,
        managed: false,
    };
    (RoleId::new(id), facts)
}

fn guild(roles: impl IntoIterator<Item = (RoleId, RoleFacts)>) -> GuildFacts {
    let everyone = role(GUILD, 0, Permissions::empty());
    GuildFacts {
        id: GuildId::new(GUILD),
        name: "Rookery".to_owned(),
        owner_id: UserId::new(OWNER),
        roles: std::iter::once(everyone)
            .chain(roles)
            .collect::<HashMap<_, _>>(),
    }
}

fn member(id: u64, role: u64) -> MemberFacts {
    MemberFacts {
        id: UserId::new(id),
        name: format!("member {id}"),
        bot: false,
        roles: vec![RoleId::new(role)],
        timed_out_until: None,
        joined_at: None,
    }
}

/// Takes a number apart into choices, so that counting up goes through all of them.
struct Choices(usize);

impl Choices {
    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        let chosen = all[self.0 % all.len()];
        self.0 /= all.len();
        chosen
    }

    /// Every combination: as long as nothing is left over when all choices were made.
    fn every(mut look: impl FnMut(&mut Self)) -> usize {
        let mut looked_at = 0;
        for n in 0.. {
            let mut choices = Self(n);
            look(&mut choices);
            if choices.0 > 0 {
                break;
            }
            looked_at += 1;
        }
        looked_at
    }
}

/// None, and each one alone.
fn each_permission() -> Vec<Permissions> {
    let each = Permissions::all().iter_names().map(|(_, bits)| bits);
    std::iter::once(Permissions::empty()).chain(each).collect()
}

/// The rank that a permission stands for, where permissions count.
fn rank_of(bits: Permissions) -> i64 {
    let ranks = [
        (Permissions::ADMINISTRATOR, 7),
        (Permissions::MANAGE_GUILD, 5),
        (Permissions::BAN_MEMBERS, 3),
        (Permissions::KICK_MEMBERS, 3),
        (Permissions::MODERATE_MEMBERS, 2),
        (Permissions::MANAGE_MESSAGES, 2),
        (Permissions::MANAGE_CHANNELS, 2),
        (Permissions::MANAGE_NICKNAMES, 2),
        (Permissions::MANAGE_ROLES, 2),
    ];
    ranks
        .iter()
        .find_map(|(bit, rank)| bits.contains(*bit).then_some(*rank))
        .unwrap_or(0)
}

#[test]
fn every_command_asks_for_what_is_specified_of_every_rank_and_permission() {
    let commands: Vec<_> = commands()
        .into_iter()
        .filter(|spec| spec.access.scope != Scope::Operator)
        .collect();
    let permissions = each_permission();
    let ranks: Vec<Option<i64>> = (0..=10).map(Some).chain([None]).collect();
    let looked_at = Choices::every(|choices| {
        let spec = choices.of(&commands);
        let mode = choices.of(PermissionMode::ALL);
        let bits = choices.of(&permissions);
        let rank = choices.of(&ranks);
        let user = choices.of(&[7, OWNER]);

        let guild = guild([role(OWN, 1, bits)]);
        let rules = Rules {
            mode,
            roles: rank.map(|rank| (OWN, rank)).into_iter().collect(),
            ..Rules::default()
        };
        let caller = Caller {
            user_id: user,
            operator: false,
            member: Some(Standing::of(&guild, &member(user, OWN), &rules)),
        };
        let allowed = decide(spec, &caller, Some(&rules)).is_allowed();
        assert_eq!(
            allowed,
            user == OWNER || may(spec, mode, bits, rank),
            "{}: mode {mode:?}, {bits:?}, rank {rank:?}, user {user}",
            spec.path
        );
    });
    assert_eq!(
        looked_at,
        commands.len() * PermissionMode::ALL.len() * permissions.len() * ranks.len() * 2
    );
}

/// Whether somebody may use a command whose only role has this permission and this rank.
fn may(spec: &Spec, mode: PermissionMode, bits: Permissions, rank: Option<i64>) -> bool {
    let (needed_rank, needed_bit) = specified(spec);
    let administrator = bits == Permissions::ADMINISTRATOR;
    let mode = match mode {
        PermissionMode::Auto if rank.is_none() => PermissionMode::Discord,
        PermissionMode::Auto => PermissionMode::Ranks,
        mode => mode,
    };
    let by_bits = match mode {
        PermissionMode::Ranks if administrator => 7,
        PermissionMode::Ranks => 0,
        _ => rank_of(bits),
    };
    let by_rank = rank.unwrap_or(0).max(by_bits) >= needed_rank;
    let by_bit = administrator || needed_bit.is_empty() || bits == needed_bit;
    match mode {
        PermissionMode::Discord => by_bit,
        PermissionMode::Ranks => by_rank,
        _ => by_bit || by_rank,
    }
}

/// Somebody acts on somebody else by means of the bot.
#[derive(Debug, Clone, Copy)]
struct Situation {
    actor: u64,
    target: u64,
    /// Whether the target is in the guild.
    present: bool,
    /// The position of the roles of actor and bot; that of the target is 10.
    actors: u16,
    bots: u16,
    /// The ranks of actor and target, and whether ranks protect.
    own_rank: i64,
    its_rank: i64,
    protected: bool,
    /// What the bot needs, and whether it has it.
    needed: Permissions,
    granted: bool,
}

const ACTOR: u64 = 7;
const BOT: u64 = 30;
const TARGETS: u64 = 9;

impl Situation {
    /// The refusal, by the order of the specification. Of two roles at the same position the older
    /// one is higher, which are those of actor and bot here.
    fn refusal(self) -> Option<&'static str> {
        let is_owner = self.actor == OWNER;
        let (above_actor, above_bot) = (self.actors < 10, self.bots < 10);
        let outranks = self.protected && self.its_rank > 0 && self.its_rank >= self.own_rank;
        let reasons = [
            (self.target == self.actor, "err-target-self"),
            (self.target == BOT, "err-target-me"),
            (self.present && self.target == OWNER, "err-target-owner"),
            (
                self.present && !is_owner && above_actor,
                "err-target-hierarchy",
            ),
            (self.present && !is_owner && outranks, "err-target-rank"),
            (
                self.present && !self.needed.is_empty() && above_bot,
                "err-bot-hierarchy",
            ),
            (!self.needed.is_empty() && !self.granted, "err-bot-perm"),
        ];
        reasons
            .into_iter()
            .find_map(|(applies, reason)| applies.then_some(reason))
    }

    fn checked(self) -> Option<&'static str> {
        let granted = if self.granted {
            self.needed
        } else {
            Permissions::empty()
        };
        let guild = guild([
            role(OWN, self.actors, Permissions::empty()),
            role(BOTS, self.bots, granted),
            role(TARGETS, 10, Permissions::empty()),
        ]);
        let rules = Rules {
            mode: PermissionMode::Ranks,
            rank_hierarchy: self.protected,
            roles: [(OWN, self.own_rank), (TARGETS, self.its_rank)].into(),
            ..Rules::default()
        };
        let party = Party {
            guild: &guild,
            rules: &rules,
            actor: &member(self.actor, OWN),
            bot: &member(BOT, BOTS),
        };
        let target = self.present.then(|| member(self.target, TARGETS));
        let target_id = UserId::new(self.target);
        check_steps(party, target_id, target.as_ref(), self.needed)
            .into_iter()
            .find_map(|(_, refusal)| Some(refusal?.id))
    }
}

#[test]
fn every_relation_between_actor_target_and_bot_is_refused_for_the_first_reason_that_applies() {
    let needs = [
        Permissions::empty(),
        Permissions::BAN_MEMBERS,
        Permissions::KICK_MEMBERS,
        Permissions::MODERATE_MEMBERS,
    ];
    let mut refusals = BTreeSet::new();
    let looked_at = Choices::every(|choices| {
        let situation = Situation {
            actor: choices.of(&[ACTOR, OWNER]),
            target: choices.of(&[20, OWNER, ACTOR, BOT]),
            present: choices.of(&[true, false]),
            actors: choices.of(&[9, 10, 11]),
            bots: choices.of(&[9, 10, 11]),
            own_rank: choices.of(&[0, 1, 2]),
            its_rank: choices.of(&[0, 1, 2]),
            protected: choices.of(&[true, false]),
            needed: choices.of(&needs),
            granted: choices.of(&[true, false]),
        };
        let refusal = situation.checked();
        assert_eq!(refusal, situation.refusal(), "{situation:?}");
        refusals.insert(refusal);
    });
    assert_eq!(looked_at, 2 * 4 * 2 * 3 * 3 * 3 * 3 * 2 * 4 * 2);
    assert_eq!(
        refusals.len(),
        8,
        "every reason comes up, and none: {refusals:?}"
    );
}
