use super::*;
use crate::discord::guild::RoleFacts;
use poise::serenity_prelude::PermissionOverwriteType::{Member, Role};
use proptest::prelude::*;
use std::collections::HashMap;

const GUILD: u64 = 1;
const OWNER: u64 = 50;
const USER: u64 = 51;

/// A guild whose roles 1 (@everyone), 2 and 3 permit this.
fn guild(permissions: [Permissions; 3]) -> GuildFacts {
    let role = |(id, permissions): (u64, Permissions)| {
        let facts = RoleFacts {
            name: id.to_string(),
            position: 1,
            permissions,
            managed: false,
        };
        (RoleId::new(id), facts)
    };
    GuildFacts {
        id: GuildId::new(GUILD),
        name: "Rookery".to_owned(),
        owner_id: UserId::new(OWNER),
        roles: (1..).zip(permissions).map(role).collect::<HashMap<_, _>>(),
    }
}

fn channel(overwrites: Vec<(PermissionOverwriteType, Permissions, Permissions)>) -> ChannelFacts {
    let overwrite = |(kind, allow, deny)| PermissionOverwrite { allow, deny, kind };
    ChannelFacts {
        id: ChannelId::new(9),
        kind: ChannelType::Text,
        overwrites: overwrites.into_iter().map(overwrite).collect(),
    }
}

fn role(id: u64) -> PermissionOverwriteType {
    Role(RoleId::new(id))
}

const NONE: Permissions = Permissions::empty();
const VIEW: Permissions = Permissions::VIEW_CHANNEL;
const SEND: Permissions = Permissions::SEND_MESSAGES;

#[test]
fn a_role_that_allows_wins_over_everyone_and_over_a_role_that_denies() {
    let guild = guild([VIEW, SEND, SEND]);
    let channel = channel(vec![
        (role(1), NONE, VIEW),
        (role(2), VIEW, NONE),
        (role(3), NONE, VIEW | SEND),
    ]);
    let of = |roles: &[u64]| {
        let roles: Vec<RoleId> = roles.iter().copied().map(RoleId::new).collect();
        channel.permissions(&guild, UserId::new(USER), &roles)
    };
    assert_eq!(of(&[]), NONE);
    assert_eq!(of(&[2]), VIEW | SEND);
    assert_eq!(of(&[2, 3]), VIEW);
    assert_eq!(of(&[3]), NONE);
}

#[test]
fn the_member_has_the_last_word_and_owner_and_administrators_are_above_it() {
    let administrator = Permissions::ADMINISTRATOR;
    let guild = guild([VIEW | SEND, administrator, NONE]);
    let channel = channel(vec![
        (Member(UserId::new(USER)), NONE, SEND),
        (Member(UserId::new(OWNER)), NONE, SEND),
    ]);
    let user = UserId::new(USER);
    assert_eq!(channel.permissions(&guild, user, &[]), VIEW);
    assert!(
        channel
            .permissions(&guild, user, &[RoleId::new(2)])
            .contains(SEND)
    );
    assert!(
        channel
            .permissions(&guild, UserId::new(OWNER), &[])
            .contains(SEND)
    );
}

#[test]
fn who_does_not_see_a_channel_keeps_what_holds_for_the_guild() {
    let ban = Permissions::BAN_MEMBERS;
    let guild = guild([VIEW | SEND | ban, NONE, NONE]);
    let channel = channel(vec![(role(1), NONE, VIEW | ban)]);
    let user = UserId::new(USER);
    assert_eq!(channel.permissions(&guild, user, &[]), NONE);
    assert_eq!(channel.permissions_of_caller(&guild, user, &[]), ban);
}

#[test]
fn threads_need_a_permission_of_their_own() {
    let mut channel = channel(vec![]);
    assert!(channel.posting_needs().contains(SEND));
    channel.kind = ChannelType::PublicThread;
    assert!(!channel.posting_needs().contains(SEND));
    assert!(channel.takes_messages());
    channel.kind = ChannelType::Category;
    assert!(!channel.takes_messages());
}

/// One permission after another, in the words of Discord's documentation.
fn slow(guild: &GuildFacts, channel: &ChannelFacts, roles: &[RoleId], bit: Permissions) -> bool {
    let everyone = RoleId::new(GUILD);
    let held = |id: &RoleId| *id == everyone || roles.contains(id);
    let base = |bit| {
        guild
            .roles
            .iter()
            .any(|(id, role)| held(id) && role.permissions.contains(bit))
    };
    if base(Permissions::ADMINISTRATOR) {
        return true;
    }
    let decided = |bit: Permissions| {
        let matching = |wanted: fn(&RoleId, RoleId) -> bool| {
            let of_roles = channel.overwrites.iter().filter(move |one| {
                matches!(one.kind, Role(id) if held(&id) && wanted(&id, RoleId::new(GUILD)))
            });
            of_roles.collect::<Vec<_>>()
        };
        let own: Vec<_> = channel
            .overwrites
            .iter()
            .filter(|one| one.kind == Member(UserId::new(USER)))
            .collect();
        for layer in [
            own,
            matching(|id, all| *id != all),
            matching(|id, all| *id == all),
        ] {
            if layer.iter().any(|one| one.allow.contains(bit)) {
                return true;
            }
            if layer.iter().any(|one| one.deny.contains(bit)) {
                return false;
            }
        }
        base(bit)
    };
    decided(VIEW) && decided(bit)
}

fn bits() -> impl Strategy<Value = Permissions> {
    // Few permissions, so that they meet often; ADMINISTRATOR seldom.
    (0u64..8, 0u8..12).prop_map(|(pick, administrator)| {
        let all = [VIEW, SEND, Permissions::EMBED_LINKS];
        let some = (0..3).filter(|n| pick & (1 << n) != 0).map(|n| all[n]);
        let bits = some.fold(NONE, |bits, one| bits | one);
        if administrator == 0 {
            bits | Permissions::ADMINISTRATOR
        } else {
            bits
        }
    })
}

proptest! {
    #[test]
    fn every_permission_is_decided_as_documented(
        everyone in bits(), second in bits(), third in bits(),
        overwrites in prop::collection::vec(
            (prop_oneof![(1u64..4).prop_map(role), Just(Member(UserId::new(USER)))], bits(), bits()), 0..6),
        roles in prop::sample::subsequence(vec![RoleId::new(2), RoleId::new(3)], 0..=2),
    ) {
        let guild = guild([everyone, second, third]);
        let channel = channel(overwrites);
        let permissions = channel.permissions(&guild, UserId::new(USER), &roles);
        for bit in [VIEW, SEND, Permissions::EMBED_LINKS] {
            prop_assert_eq!(permissions.contains(bit), slow(&guild, &channel, &roles, bit), "{:?}", bit);
        }
    }
}
