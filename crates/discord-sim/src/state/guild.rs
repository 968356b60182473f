//! Guilds, their roles and their members.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{AuditEntry, GuildEmoji};
use crate::permissions::{Bits, Subject};

/// A guild that the bot is in.
#[derive(Clone, Debug)]
pub(crate) struct Guild {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) owner: u64,
    pub(crate) joined_ms: i64,
    /// By id. @everyone has the guild's own id.
    pub(crate) roles: BTreeMap<u64, Role>,
    pub(crate) members: BTreeMap<u64, Member>,
    pub(crate) bans: BTreeMap<u64, Ban>,
    /// Properties that were changed, in Discord's form.
    pub(crate) properties: BTreeMap<&'static str, Value>,
    pub(crate) emojis: BTreeMap<u64, GuildEmoji>,
    /// Oldest first.
    pub(crate) audit: Vec<AuditEntry>,
}

/// A role.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) bits: Bits,
    /// 0 is @everyone, the lowest.
    pub(crate) position: i64,
    /// The bot that the role belongs to; nobody can give or take such a role.
    pub(crate) managed_by: Option<u64>,
    pub(crate) color: u32,
    pub(crate) hoist: bool,
    pub(crate) mentionable: bool,
}

/// A person's or a bot's membership.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) user_id: u64,
    /// Without @everyone.
    pub(crate) roles: Vec<u64>,
    pub(crate) nick: Option<String>,
    pub(crate) joined_ms: i64,
    /// When the timeout ends. It stays set when the time has passed, as on Discord.
    pub(crate) timeout_ms: Option<i64>,
    /// Silenced by a moderator, in every voice channel.
    pub(crate) mute: bool,
    /// Kept from hearing by a moderator.
    pub(crate) deaf: bool,
}

/// A ban.
#[derive(Clone, Debug)]
pub(crate) struct Ban {
    pub(crate) reason: Option<String>,
}

impl Guild {
    /// A member's bits in the guild, without channel overwrites; none for a stranger.
    pub(crate) fn bits(&self, user_id: u64, now_ms: i64) -> Bits {
        self.with_subject(user_id, now_ms, |subject| subject.in_guild())
            .unwrap_or(0)
    }

    /// Asks something about a member's rights; `None` for a stranger.
    pub(crate) fn with_subject<T>(
        &self,
        user_id: u64,
        now_ms: i64,
        ask: impl FnOnce(Subject<'_>) -> T,
    ) -> Option<T> {
        let member = self.members.get(&user_id)?;
        let roles: Vec<_> = member
            .roles
            .iter()
            .filter_map(|id| self.roles.get(id))
            .map(|role| (role.id, role.bits))
            .collect();
        Some(ask(Subject {
            guild_id: self.id,
            user_id,
            owner: self.owner == user_id,
            everyone: self.roles.get(&self.id).map_or(0, |role| role.bits),
            roles: &roles,
            timed_out: member.timeout_ms.is_some_and(|until| until > now_ms),
        }))
    }

    /// The rank of a role: higher is above. Of two on one position the one with the lower id is above.
    pub(crate) fn role_rank(&self, role_id: u64) -> Rank {
        self.roles
            .get(&role_id)
            .map_or(Rank::LOWEST, |role| Rank(role.position, !role.id))
    }

    /// The rank of a member's highest role; the owner is above everyone.
    pub(crate) fn rank(&self, user_id: u64) -> Rank {
        if user_id == self.owner {
            return Rank::OWNER;
        }
        let roles = self
            .members
            .get(&user_id)
            .into_iter()
            .flat_map(|member| &member.roles);
        roles
            .map(|role| self.role_rank(*role))
            .max()
            .unwrap_or(Rank::LOWEST)
    }

    /// Whether `actor` stands high enough to act on `target`. Strangers stand below every member.
    pub(crate) fn outranks(&self, actor: u64, target: u64) -> bool {
        target != self.owner && self.rank(actor) > self.rank(target)
    }
}

/// Where someone stands in the order of roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank(i64, u64);

impl Rank {
    const LOWEST: Self = Self(0, 0);
    const OWNER: Self = Self(i64::MAX, u64::MAX);
}
