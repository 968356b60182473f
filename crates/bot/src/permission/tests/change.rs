//! Changes of the rules.

use super::people::{self, GUILD, OWNER, ROLES};
use crate::{
    command::Spec,
    discord::{guild::GuildFacts, member::MemberFacts},
    permission::{Author, Caller, Change, Rank, Rules, Standing, decide},
    text::Message,
};
use entity::value::PermissionMode;
use poise::serenity_prelude::RoleId;
use proptest::prelude::*;
use std::collections::BTreeSet;

const AUTHOR: u64 = 7;

fn change() -> impl Strategy<Value = Change> {
    let rank = || prop::option::weighted(0.7, 0i64..=10);
    let paths = vec![
        "permissions",
        "permissions role",
        "permissions role set",
        "ban",
        "warn",
        "help",
    ];
    prop_oneof![
        (GUILD..ROLES.end, rank()).prop_map(|(role, rank)| Change::Role {
            role: RoleId::new(role),
            rank
        }),
        (prop::sample::select(paths), rank()).prop_map(|(path, rank)| Change::Command {
            path: path.to_owned(),
            rank
        }),
    ]
}

/// The command by which a change is made.
fn command(change: &Change) -> &'static Spec {
    let path = match change {
        Change::Role { rank: Some(_), .. } => "permissions role set",
        Change::Role { rank: None, .. } => "permissions role clear",
        Change::Command { rank: Some(_), .. } => "permissions command set",
        Change::Command { rank: None, .. } => "permissions command clear",
    };
    people::commands()
        .into_iter()
        .find(|spec| spec.path == path)
        .unwrap()
}

fn check(
    change: &Change,
    guild: &GuildFacts,
    member: &MemberFacts,
    rules: &Rules,
) -> Result<(), Message> {
    let author = Author {
        guild,
        member,
        command: command(change),
    };
    change.check(rules, author, &people::commands())
}

/// The commands that somebody may use.
fn usable(guild: &GuildFacts, member: &MemberFacts, rules: &Rules) -> BTreeSet<&'static str> {
    let caller = Caller {
        user_id: member.id.get(),
        operator: false,
        member: Some(Standing::of(guild, member, rules)),
    };
    people::commands()
        .into_iter()
        .filter(|spec| decide(spec, &caller, Some(rules)).is_allowed())
        .map(|spec| spec.path)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn nobody_promotes_themselves_or_locks_themselves_out(
        guild in people::guild(), member in people::member(AUTHOR), rules in people::rules(), change in change(),
    ) {
        let before = usable(&guild, &member, &rules);
        let asks = before.contains(command(&change).path);
        if asks && check(&change, &guild, &member, &rules).is_ok() {
            let after_rules = rules.after(&change);
            let own = |rules| Rank::of(&guild, &member, rules).value;
            prop_assert!(own(&after_rules) <= own(&rules), "a higher rank");
            let after = usable(&guild, &member, &after_rules);
            prop_assert!(after.contains(command(&change).path), "locked out");
            // Where ranks take over from Discord's permissions, the measure itself changes.
            if !change.introduces_ranks(&rules) {
                prop_assert!(after.is_subset(&before), "more commands: {:?}", &after - &before);
            }
        }
    }

    #[test]
    fn nothing_is_given_or_required_above_the_own_rank_and_nothing_at_it_is_touched(
        guild in people::guild(), member in people::member(AUTHOR), rules in people::rules(), change in change(),
    ) {
        if check(&change, &guild, &member, &rules).is_ok() {
            let own = Rank::of(&guild, &member, &rules).value;
            match &change {
                Change::Role { role, rank } => {
                    prop_assert!(rank.is_none_or(|rank| rank <= own));
                    let current = rules.roles.get(&role.get()).copied().unwrap_or(0);
                    prop_assert!(current == 0 || current < own);
                }
                Change::Command { rank, .. } => prop_assert!(rank.is_none_or(|rank| rank <= own)),
            }
        }
    }

    #[test]
    fn the_owner_may_change_everything(
        guild in people::guild(), owner in people::member(OWNER), rules in people::rules(), change in change(),
    ) {
        prop_assert_eq!(check(&change, &guild, &owner, &rules), Ok(()));
    }

    #[test]
    fn a_change_is_what_it_says_and_nothing_else(rules in people::rules(), change in change()) {
        let after = rules.after(&change);
        match &change {
            Change::Role { role, rank } => {
                prop_assert_eq!(after.roles.get(&role.get()).copied(), *rank);
                prop_assert_eq!(&after.commands, &rules.commands);
            }
            Change::Command { path, rank } => {
                let required = after.commands.get(path).and_then(|rule| rule.required_rank);
                prop_assert_eq!(required, *rank);
                prop_assert_eq!(&after.roles, &rules.roles);
            }
        }
        prop_assert_eq!(after.after(&change), after.clone());
    }

    #[test]
    fn losers_are_the_roles_whose_people_can_do_less(
        guild in people::guild(), rules in people::rules(), change in change(), role in ROLES,
    ) {
        let role = RoleId::new(role);
        let losers = change.losers(&rules, &guild, &people::commands());
        let somebody = MemberFacts {
            id: AUTHOR.into(),
            name: "somebody".to_owned(),
            bot: false,
            roles: vec![role],
            timed_out_until: None,
 joined_at: None,
        };
        let after = usable(&guild, &somebody, &rules.after(&change));
        let loses = !usable(&guild, &somebody, &rules).is_subset(&after);
        prop_assert_eq!(losers.contains(&role), loses && !guild.roles[&role].managed);
    }

    #[test]
    fn ranks_begin_with_the_first_role_that_has_one(rules in people::rules(), change in change()) {
        let begins = rules.mode == PermissionMode::Auto
            && rules.roles.is_empty()
            && matches!(change, Change::Role { rank: Some(_), .. });
        prop_assert_eq!(change.introduces_ranks(&rules), begins);
    }
}
