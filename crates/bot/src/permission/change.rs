//! Changes of the rules: what they do, and which of them somebody may not make.
//!
//! Nobody promotes themselves, and nobody locks themselves out: that is for the guild's owner, and for
//! people of a higher rank.

use super::{Caller, CommandRule, Rank, Rules, Standing, decide};
use crate::{
    command::Spec,
    discord::{guild::GuildFacts, member::MemberFacts},
    text::Message,
};
use entity::value::PermissionMode;
use poise::serenity_prelude::RoleId;

/// One change of a guild's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The rank that a role gives; `None`: no rank.
    Role {
        /// The role.
        role: RoleId,
        /// The rank.
        rank: Option<i64>,
    },
    /// The rank that a command and those below it need; `None`: their defaults.
    Command {
        /// Full name.
        path: String,
        /// The rank.
        rank: Option<i64>,
    },
}

/// Who makes a change, and with which command.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// The guild.
    pub guild: &'a GuildFacts,
    /// Who makes it.
    pub member: &'a MemberFacts,
    /// The command by which it is made.
    pub command: &'a Spec,
}

impl Author<'_> {
    /// Whether they may use a command under these rules.
    fn may(&self, command: &Spec, rules: &Rules) -> bool {
        let standing = Standing::of(self.guild, self.member, rules);
        decide(command, &somebody(standing), Some(rules)).is_allowed()
    }
}

impl Rules {
    /// The rules after a change.
    #[must_use]
    pub fn after(&self, change: &Change) -> Self {
        let mut rules = self.clone();
        match change {
            Change::Role { role, rank } => {
                rules.roles.remove(&role.get());
                rules.roles.extend(rank.map(|rank| (role.get(), rank)));
            }
            Change::Command { path, rank } => {
                let rule = rules.commands.remove(path).unwrap_or_default();
                let rule = CommandRule {
                    required_rank: *rank,
                    ..rule
                };
                // What is switched off stays so.
                if rule != CommandRule::default() {
                    rules.commands.insert(path.clone(), rule);
                }
            }
        }
        rules
    }
}

impl Change {
    /// Refuses what the author may not change. `commands` are all commands.
    ///
    /// # Errors
    /// `permissions-above-own`, `permissions-role-above-own`, `permissions-command-above-own`,
    /// `permissions-self-promotion` or `permissions-self-lockout`.
    pub fn check(
        &self,
        before: &Rules,
        author: Author<'_>,
        commands: &[&'static Spec],
    ) -> Result<(), Message> {
        if author.member.id == author.guild.owner_id {
            return Ok(());
        }
        let after = before.after(self);
        let own = Rank::of(author.guild, author.member, before).value;
        let (Self::Role { rank, .. } | Self::Command { rank, .. }) = self;
        if let Some(rank) = rank.filter(|rank| *rank > own) {
            return Err(above("permissions-above-own", rank, own));
        }
        match self {
            Self::Role { role, .. } => {
                let current = before.roles.get(&role.get()).copied().unwrap_or(0);
                // Rank 0 is what every role has: giving somebody more is the point of a rank.
                if current > 0 && current >= own {
                    let refusal = above("permissions-role-above-own", current, own);
                    return Err(refusal.with("role", author.guild.role_mention(*role)));
                }
            }
            Self::Command { .. } => {
                for command in commands {
                    let needed = |rules: &Rules| rules.required(command.path, command.access.rank);
                    let (was, is) = (needed(before).rank, needed(&after).rank);
                    if was != is && was.max(is) > own {
                        let refusal = above("permissions-command-above-own", was.max(is), own);
                        return Err(refusal.with("command", command.path));
                    }
                }
            }
        }
        if !author.may(author.command, &after) {
            let required = after.required(author.command.path, author.command.access.rank);
            return Err(Message::new("permissions-self-lockout").with("rank", required.rank));
        }
        let gains =
            |command: &&'static Spec| author.may(command, &after) && !author.may(command, before);
        let gained = !self.introduces_ranks(before) && commands.iter().any(gains);
        // Without the last role that has a rank, Discord's permissions count again.
        if gained || Rank::of(author.guild, author.member, &after).value > own {
            return Err(Message::new("permissions-self-promotion"));
        }
        Ok(())
    }

    /// The roles of people that could use commands before and cannot after, the highest first.
    pub fn losers(
        &self,
        before: &Rules,
        guild: &GuildFacts,
        commands: &[&'static Spec],
    ) -> Vec<RoleId> {
        let after = before.after(self);
        let is_worse_off = |role: RoleId| {
            let allowed = |rules: &Rules, command: &Spec| {
                let standing = Standing::of_role(guild, role, rules);
                decide(command, &somebody(standing), Some(rules)).is_allowed()
            };
            commands
                .iter()
                .any(|command| allowed(before, command) && !allowed(&after, command))
        };
        let mut losers: Vec<RoleId> = guild
            .roles
            .iter()
            // A managed role belongs to a bot or a service.
            .filter(|(id, role)| !role.managed && is_worse_off(**id))
            .map(|(id, _)| *id)
            .collect();
        losers.sort_by_key(|role| std::cmp::Reverse(guild.role_height(*role)));
        losers
    }

    /// Whether with this change ranks begin to decide instead of Discord's permissions.
    pub fn introduces_ranks(&self, before: &Rules) -> bool {
        before.deciding_mode() == PermissionMode::Discord
            && before.after(self).deciding_mode() == PermissionMode::Ranks
    }
}

fn somebody(standing: Standing) -> Caller {
    Caller {
        user_id: 0,
        operator: false,
        member: Some(standing),
    }
}

fn above(id: &'static str, rank: i64, own: i64) -> Message {
    Message::new(id).with("rank", rank).with("own", own)
}
