//! Whether somebody may use a command, step by step. The first step with an opinion decides.

use super::{Rank, Required, Rules, lacking};
use crate::{
    command::{Access, Scope, Spec},
    discord::{guild::GuildFacts, member::MemberFacts},
    failure::Result,
    text::Message,
};
use entity::value::PermissionMode;
use poise::serenity_prelude::{Permissions, RoleId};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Their id.
    pub user_id: u64,
    /// Whether the bot's settings name them as an operator.
    pub operator: bool,
    /// How they stand in the guild; `None` in a direct message.
    pub member: Option<Standing>,
}

/// How somebody stands in a guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether the guild is theirs.
    pub owner: bool,
    /// What Discord lets them do.
    pub bits: Permissions,
    /// Their effective rank.
    pub rank: Rank,
}

impl Standing {
    /// From what is known about guild and member.
    pub fn of(guild: &GuildFacts, member: &MemberFacts, rules: &Rules) -> Self {
        Self {
            owner: guild.owner_id == member.id,
            bits: guild.permissions(member.id, &member.roles),
            rank: Rank::of(guild, member, rules),
        }
    }

    /// Of a member who has this role and no other.
    pub fn of_role(guild: &GuildFacts, role: RoleId, rules: &Rules) -> Self {
        let bits = guild.role_permissions(&[role]);
        Self {
            owner: false,
            bits,
            rank: Rank::from_roles(guild, &[role], bits, rules),
        }
    }
}

/// A decision and how it came about.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The steps that were looked at, the deciding one last.
    pub steps: Vec<(Step, Outcome)>,
}

/// What a step means for the caller.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The next step decides.
    Passes,
    /// Allowed.
    Allows,
    /// Refused, with what to tell the caller.
    Refuses(Message),
}

/// A step of the documented order, with the facts it used. The numbers are those of the
/// specification; steps whose feature does not exist yet are absent.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// 1: operator commands are for operators.
    Operator {
        /// Whether the caller is one.
        is: bool,
    },
    /// 4: in direct messages, only commands meant for them.
    Place {
        /// Whether it is a direct message.
        dm: bool,
    },
    /// 5: the owner of a guild may use every command of it.
    Owner {
        /// Whether the caller is the owner.
        is: bool,
    },
    /// 6: the command is switched off here.
    Enabled {
        /// The rule that switches it off.
        off_by: Option<String>,
    },
    /// 7: Discord's own permission.
    Bit {
        /// What the command needs; empty: nothing.
        needed: Permissions,
        /// Whether the caller has it.
        has: bool,
    },
    /// 8: the rank.
    Rank {
        /// What the command needs.
        required: Required,
        /// What the caller has.
        own: Rank,
    },
    /// 9: either of the two.
    Either {
        /// What the command needs from Discord.
        needed: Permissions,
        /// Whether the caller has it.
        has: bool,
        /// The rank the command needs.
        required: Required,
        /// The rank the caller has.
        own: Rank,
    },
}

impl Step {
    /// Its number in the documented order.
    pub fn number(&self) -> u8 {
        match self {
            Self::Operator { .. } => 1,
            Self::Place { .. } => 4,
            Self::Owner { .. } => 5,
            Self::Enabled { .. } => 6,
            Self::Bit { .. } => 7,
            Self::Rank { .. } => 8,
            Self::Either { .. } => 9,
        }
    }
}

impl Decision {
    /// Whether the caller may go on.
    pub fn is_allowed(&self) -> bool {
        matches!(self.steps.last(), Some((_, Outcome::Allows)))
    }

    /// `Ok`, or the refusal of the deciding step.
    ///
    /// # Errors
    /// The refusal.
    pub fn verdict(&self) -> Result {
        match self.steps.last() {
            Some((_, Outcome::Allows)) => Ok(()),
            Some((_, Outcome::Refuses(message))) => Err(message.clone().into()),
            // Every path through `decide` ends in one of the two; no opinion would mean no.
            _ => Err(Message::new("err-guild-only").into()),
        }
    }
}

/// Decides. `rules` are those of the guild; `None` in a direct message.
pub fn decide(spec: &Spec, caller: &Caller, rules: Option<&Rules>) -> Decision {
    let mut steps = Vec::new();
    for step in 1..=5 {
        let (step, outcome) = match step {
            1 => operator(spec, caller),
            2 => place(spec, caller),
            3 => owner(caller),
            4 => enabled(spec, rules),
            _ => ranked(spec, caller, rules),
        };
        let decided = outcome != Outcome::Passes;
        steps.push((step, outcome));
        if decided {
            break;
        }
    }
    Decision { steps }
}

fn operator(spec: &Spec, caller: &Caller) -> (Step, Outcome) {
    let outcome = match (spec.access.scope, caller.operator) {
        (Scope::Operator, true) => Outcome::Allows,
        (Scope::Operator, false) => {
            Outcome::Refuses(Message::new("err-operator-only").with("command", shown(spec)))
        }
        _ => Outcome::Passes,
    };
    (
        Step::Operator {
            is: caller.operator,
        },
        outcome,
    )
}

fn place(spec: &Spec, caller: &Caller) -> (Step, Outcome) {
    let dm = caller.member.is_none();
    let outcome = match (dm, spec.access.scope) {
        (true, Scope::Anywhere) => Outcome::Allows,
        (true, _) => Outcome::Refuses(Message::new("err-guild-only").with("command", shown(spec))),
        (false, _) => Outcome::Passes,
    };
    (Step::Place { dm }, outcome)
}

fn owner(caller: &Caller) -> (Step, Outcome) {
    let is = caller.member.is_some_and(|member| member.owner);
    (
        Step::Owner { is },
        if is { Outcome::Allows } else { Outcome::Passes },
    )
}

fn enabled(spec: &Spec, rules: Option<&Rules>) -> (Step, Outcome) {
    let off_by = rules
        .and_then(|rules| rules.switched_off(spec.path))
        .map(ToOwned::to_owned);
    let outcome = match &off_by {
        Some(_) => Outcome::Refuses(Message::new("err-perm-disabled").with("command", shown(spec))),
        None => Outcome::Passes,
    };
    (Step::Enabled { off_by }, outcome)
}

fn ranked(spec: &Spec, caller: &Caller, rules: Option<&Rules>) -> (Step, Outcome) {
    let none = Rules::default();
    let rules = rules.unwrap_or(&none);
    let Access {
        rank, bits: needed, ..
    } = spec.access;
    let required = rules.required(spec.path, rank);
    let (bits, own) = caller.member.map_or_else(
        || {
            (
                Permissions::empty(),
                Rank {
                    value: 0,
                    source: super::RankSource::Nothing,
                },
            )
        },
        |member| (member.bits, member.rank),
    );
    let has = bits.contains(needed);
    let enough = own.value >= required.rank;
    let by_rank = || {
        Message::new("err-perm-rank")
            .with("required", required.rank)
            .with(
                "required-name",
                rules.rank_name(required.rank).unwrap_or("none"),
            )
            .with("own", own.value)
            .with("command", shown(spec))
    };
    let outcome = |allowed, refusal: &dyn Fn() -> Message| {
        if allowed {
            Outcome::Allows
        } else {
            Outcome::Refuses(refusal())
        }
    };
    let by_bit = || lacking("err-perm-bit", needed).with("command", shown(spec));
    match rules.deciding_mode() {
        PermissionMode::Ranks | PermissionMode::Auto => {
            let outcome = outcome(enough, &by_rank);
            (Step::Rank { required, own }, outcome)
        }
        PermissionMode::Discord => (Step::Bit { needed, has }, outcome(has, &by_bit)),
        PermissionMode::Either => {
            let outcome = outcome(has || enough, &by_rank);
            (
                Step::Either {
                    needed,
                    has,
                    required,
                    own,
                },
                outcome,
            )
        }
    }
}

fn shown(spec: &Spec) -> String {
    crate::text::code(spec.path)
}
