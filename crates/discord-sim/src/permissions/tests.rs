//! The engine against the rules as the documentation tells them, bit by bit, and against serenity.

use poise::serenity_prelude as serenity;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::{GuildSpec, SimClock, World, state::State};

const GUILD: u64 = 1;
const USER: u64 = 2;
/// Roles have ids from here on.
const ROLES: u64 = 10;

/// Bits around those that mean something to the engine itself.
fn bits() -> impl Strategy<Value = Bits> {
    let meaningful = [ADMINISTRATOR, VIEW_CHANNEL, READ_MESSAGE_HISTORY];
    let some = vec(prop::sample::select(meaningful.to_vec()), 0..3);
    // An administrator may do everything, which leaves nothing to compare; so, few of them.
    (some, any::<u64>(), prop::bool::weighted(0.1)).prop_map(|(some, random, administrator)| {
        let all = some.into_iter().fold(random & ALL, |all, bit| all | bit);
        if administrator {
            all
        } else {
            all & !ADMINISTRATOR
        }
    })
}

fn overwrites() -> impl Strategy<Value = Vec<Overwrite>> {
    // @everyone, five roles, and two members of whom one is the subject.
    let of = prop::sample::select(vec![
        (GUILD, false),
        (ROLES, false),
        (ROLES + 1, false),
        (ROLES + 2, false),
        (ROLES + 3, false),
        (ROLES + 4, false),
        (USER, true),
        (USER + 1, true),
    ]);
    let overwrite = (of, bits(), bits()).prop_map(|((id, member), allow, deny)| Overwrite {
        id,
        member,
        allow,
        deny,
    });
    vec(overwrite, 0..8).prop_map(|mut all| {
        all.sort_by_key(|overwrite| overwrite.id);
        all.dedup_by_key(|overwrite| overwrite.id);
        all
    })
}

/// Whether the member has one bit, by the documentation's words.
fn has(subject: &Subject<'_>, overwrites: Option<&[Overwrite]>, bit: Bits) -> bool {
    let in_guild = |bit| {
        let by_role = subject.roles.iter().any(|(_, bits)| bits & bit != 0);
        by_role || subject.everyone & bit != 0
    };
    if subject.owner || in_guild(ADMINISTRATOR) {
        return true;
    }
    if subject.timed_out && bit & TIMED_OUT == 0 {
        return false;
    }
    let Some(overwrites) = overwrites else {
        return in_guild(bit);
    };
    let decide = |bit: Bits| {
        // What is nearer to the member decides; on one level, to allow is stronger than to deny.
        let own = |o: &&Overwrite| o.member && o.id == subject.user_id;
        let of_role =
            |o: &&Overwrite| !o.member && subject.roles.iter().any(|(role, _)| *role == o.id);
        let of_everyone = |o: &&Overwrite| !o.member && o.id == subject.guild_id;
        let levels: [Vec<&Overwrite>; 3] = [
            overwrites.iter().filter(own).collect(),
            overwrites.iter().filter(of_role).collect(),
            overwrites.iter().filter(of_everyone).collect(),
        ];
        for level in levels {
            if level.iter().any(|overwrite| overwrite.allow & bit != 0) {
                return true;
            }
            if level.iter().any(|overwrite| overwrite.deny & bit != 0) {
                return false;
            }
        }
        in_guild(bit)
    };
    decide(VIEW_CHANNEL) && decide(bit)
}

fn slow(subject: &Subject<'_>, overwrites: Option<&[Overwrite]>) -> Bits {
    (0..53)
        .map(|shift| 1 << shift)
        .filter(|bit| has(subject, overwrites, *bit))
        .sum()
}

proptest! {
    #[test]
    fn the_engine_agrees_with_the_documentation(
        everyone in bits(),
        roles in vec(bits(), 0..5),
        overwrites in overwrites(),
        owner in prop::bool::weighted(0.1),
        timed_out in any::<bool>(),
    ) {
        let roles: Vec<(u64, Bits)> = (ROLES..).zip(roles).collect();
        let subject = Subject {
            guild_id: GUILD,
            user_id: USER,
            owner,
            everyone,
            roles: &roles,
            timed_out,
        };
        prop_assert_eq!(subject.in_guild(), slow(&subject, None));
        prop_assert_eq!(subject.in_channel(&overwrites), slow(&subject, Some(&overwrites)));
    }

    #[test]
    fn the_engine_agrees_with_serenity(
        everyone in bits(),
        (high, low) in (bits(), bits()),
        overwrites in prop::array::uniform4(prop::option::of((bits(), bits()))),
        roles in prop::sample::subsequence(vec!["high", "low"], 0..=2),
    ) {
        let who = ["@everyone", "high", "low", "ada"];
        let mut guild = GuildSpec::new("Library", "librarian")
            .everyone(everyone)
            .role("high", high)
            .role("low", low)
            .member("ada", &roles)
            .channel("desk");
        for (who, overwrite) in who.into_iter().zip(overwrites) {
            if let Some((allow, deny)) = overwrite {
                guild = guild.overwrite("desk", who, allow, deny);
            }
        }
        let state = State::new(&World::new().guild(guild), 1, SimClock::fixed(0));
        let (guild, _) = state.role_named("high").unwrap();
        let guild = state.guild(guild).unwrap();
        let mut json = state.guild_create_json(guild, false);
        let members = guild.members.values();
        json["members"] = members.map(|member| state.member_json(member)).collect();
        let theirs: serenity::Guild =
            serde_json::from_value(json).unwrap();
        let channel = state.channel(state.channel_named("desk").unwrap()).unwrap();
        for name in ["ada", "librarian"] {
            let user = state.user_named(name).unwrap();
            let expected = theirs.user_permissions_in(
                &theirs.channels[&channel.id.into()],
                &theirs.members[&user.into()],
            );
            let ours = state.bits_in(user, channel);
            // serenity leaves some bits of a hidden channel, and drops bits that it has no name for.
            if ours & VIEW_CHANNEL == 0 {
                prop_assert!(!expected.view_channel());
            } else {
                prop_assert_eq!(
                    serenity::Permissions::from_bits_truncate(ours),
                    expected & serenity::Permissions::all()
                );
            }
        }
    }
}
