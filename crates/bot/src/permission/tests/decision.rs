//! Decisions.

use super::{
    people::{self, OPERATOR, OWNER, has},
    rank,
};
use crate::{
    command::{Scope, Spec},
    discord::{guild::GuildFacts, member::MemberFacts},
    permission::{Caller, Decision, Outcome, Rules, Standing, Step, decide},
};
use entity::value::PermissionMode;
use poise::serenity_prelude::Permissions;
use proptest::prelude::*;

fn decision(
    spec: &Spec,
    operator: bool,
    place: Option<(&GuildFacts, &MemberFacts, &Rules)>,
) -> Decision {
    let caller = Caller {
        user_id: 7,
        operator,
        member: place.map(|(guild, member, rules)| Standing::of(guild, member, rules)),
    };
    decide(spec, &caller, place.map(|(_, _, rules)| rules))
}

/// The words of the path, then without the last one, and so on.
fn names(path: &str) -> Vec<String> {
    let words: Vec<&str> = path.split(' ').collect();
    (1..=words.len())
        .rev()
        .map(|n| words[..n].join(" "))
        .collect()
}

/// Whether a command may be used in a guild, by the words of the specification.
fn slow(
    spec: &Spec,
    operator: bool,
    guild: &GuildFacts,
    member: &MemberFacts,
    rules: &Rules,
) -> bool {
    if spec.access.scope == Scope::Operator {
        return operator;
    }
    if member.id == guild.owner_id {
        return true;
    }
    let names = names(spec.path);
    if names
        .iter()
        .any(|name| rules.commands.get(name).is_some_and(|rule| !rule.enabled))
    {
        return false;
    }
    let by_bit = spec.access.bits.iter().all(|bit| has(guild, member, bit));
    let row = names
        .iter()
        .find_map(|name| rules.commands.get(name)?.required_rank);
    let by_rank = rank::slow(guild, member, rules) >= row.unwrap_or(spec.access.rank);
    match rules.mode {
        PermissionMode::Discord => by_bit,
        PermissionMode::Auto if rules.roles.is_empty() => by_bit,
        PermissionMode::Auto | PermissionMode::Ranks => by_rank,
        PermissionMode::Either => by_bit || by_rank,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn in_a_guild_it_follows_the_documented_order(
        spec in people::command(), operator: bool,
        guild in people::guild(), member in people::member(7), rules in people::rules(),
    ) {
        let decision = decision(spec, operator, Some((&guild, &member, &rules)));
        prop_assert_eq!(decision.is_allowed(), slow(spec, operator, &guild, &member, &rules));
        prop_assert_eq!(decision.verdict().is_ok(), decision.is_allowed());
    }

    #[test]
    fn the_last_step_alone_decides_and_the_numbers_rise(
        spec in people::command(), operator: bool,
        guild in people::guild(), member in people::member(7), rules in people::rules(),
    ) {
        let decision = decision(spec, operator, Some((&guild, &member, &rules)));
        let (last, before) = decision.steps.split_last().unwrap();
        prop_assert!(last.1 != Outcome::Passes);
        prop_assert!(before.iter().all(|(_, outcome)| *outcome == Outcome::Passes));
        let numbers: Vec<u8> = decision.steps.iter().map(|(step, _)| step.number()).collect();
        prop_assert!(numbers.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn in_a_direct_message_only_what_is_meant_for_it_is_allowed(spec in people::command(), operator: bool) {
        let allowed = decision(spec, operator, None).is_allowed();
        let expected = match spec.access.scope {
            Scope::Operator => operator,
            Scope::Anywhere => true,
            Scope::Guild => false,
        };
        prop_assert_eq!(allowed, expected);
    }
}

fn guild_with(bits: Permissions) -> (GuildFacts, MemberFacts) {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut take = |strategy: BoxedStrategy<(GuildFacts, MemberFacts)>| {
        strategy.new_tree(&mut runner).unwrap().current()
    };
    let (mut guild, mut member) = take((people::guild(), people::member(7)).boxed());
    for role in guild.roles.values_mut() {
        role.permissions = bits;
    }
    member.roles.clear();
    (guild, member)
}

fn spec(path: &str) -> &'static Spec {
    people::commands()
        .into_iter()
        .find(|spec| spec.path == path)
        .unwrap()
}

#[test]
fn neither_the_owner_nor_an_administrator_is_an_operator() {
    let (guild, mut member) = guild_with(Permissions::ADMINISTRATOR);
    member.id = OWNER.into();
    let rules = Rules::default();
    let place = Some((&guild, &member, &rules));
    let refused = decision(&OPERATOR, false, place);
    assert!(!refused.is_allowed());
    assert_eq!(
        refused.steps,
        [(Step::Operator { is: false }, refused.steps[0].1.clone())]
    );
    assert!(decision(&OPERATOR, true, place).is_allowed());
}

#[test]
fn without_configuration_discords_permission_decides() {
    let rules = Rules::default();
    for (bits, allowed) in [
        (Permissions::BAN_MEMBERS, true),
        (Permissions::ADMINISTRATOR, true),
        (Permissions::KICK_MEMBERS, false),
    ] {
        let (guild, member) = guild_with(bits);
        let decision = decision(spec("ban"), false, Some((&guild, &member, &rules)));
        assert_eq!(decision.is_allowed(), allowed, "{bits:?}");
        assert_eq!(decision.steps.last().unwrap().0.number(), 7);
    }
}

#[test]
fn a_group_above_decides_where_a_command_has_no_rule_of_its_own() {
    let (guild, member) = guild_with(Permissions::empty());
    let mut rules = Rules::default();
    rules.roles.insert(people::GUILD, 3);
    let rule = |rank| crate::permission::CommandRule {
        required_rank: Some(rank),
        enabled: true,
    };
    rules.commands.insert("permissions".to_owned(), rule(4));
    let refused = decision(
        spec("permissions role set"),
        false,
        Some((&guild, &member, &rules)),
    );
    let (step, outcome) = refused.steps.last().unwrap();
    let Outcome::Refuses(refusal) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!((step.number(), refusal.id), (8, "err-perm-rank"));

    rules
        .commands
        .insert("permissions role".to_owned(), rule(3));
    assert!(
        decision(
            spec("permissions role set"),
            false,
            Some((&guild, &member, &rules))
        )
        .is_allowed()
    );
}
