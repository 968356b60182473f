//! Bans.

use serde_json::json;

use super::Actor;
use crate::error::ApiError;
use crate::limits;
use crate::permissions::{BAN_MEMBERS, MANAGE_GUILD};
use crate::shown::{Shown, ShownKind};
use crate::snowflake::from_time;
use crate::state::{Ban, State, audit::action};

impl State {
    /// Bans a user, who need not be a member, and deletes what they wrote in the last seconds.
    /// A second ban changes nothing.
    pub(crate) fn ban(
        &mut self,
        actor: &Actor,
        guild: u64,
        target: u64,
        delete_seconds: u64,
    ) -> Result<(), ApiError> {
        self.require(actor.user, guild, BAN_MEMBERS)?;
        if delete_seconds > limits::BAN_DELETE_SECONDS {
            let message = format!(
                "int value should be less than or equal to {}.",
                limits::BAN_DELETE_SECONDS
            );
            return Err(ApiError::invalid(
                "delete_message_seconds",
                "NUMBER_TYPE_MAX",
                message,
            ));
        }
        if !self.users.contains_key(&target) {
            return Err(ApiError::UNKNOWN_USER);
        }
        if !self.guild(guild)?.outranks(actor.user, target) {
            return Err(ApiError::MISSING_PERMISSIONS);
        }
        if self.guild(guild)?.bans.contains_key(&target) {
            return Ok(());
        }
        self.insert_ban(actor, guild, target)?;
        if delete_seconds > 0 {
            self.delete_recent(guild, target, delete_seconds);
        }
        Ok(())
    }

    /// Bans up to 200 users; those who cannot be banned are left out. Answers both lists.
    pub(crate) fn bulk_ban(
        &mut self,
        actor: &Actor,
        guild: u64,
        targets: &[u64],
        delete_seconds: u64,
    ) -> Result<(Vec<u64>, Vec<u64>), ApiError> {
        self.require(actor.user, guild, BAN_MEMBERS | MANAGE_GUILD)?;
        if targets.is_empty() || targets.len() > limits::BULK_BAN {
            let message = format!("Must be between 1 and {} in length.", limits::BULK_BAN);
            return Err(ApiError::invalid(
                "user_ids",
                "BASE_TYPE_BAD_LENGTH",
                message,
            ));
        }
        let (mut banned, mut failed) = (Vec::new(), Vec::new());
        for target in targets {
            let known = self.guild(guild)?.bans.contains_key(target);
            if !known && self.ban(actor, guild, *target, delete_seconds).is_ok() {
                banned.push(*target);
            } else {
                failed.push(*target);
            }
        }
        Ok((banned, failed))
    }

    fn insert_ban(&mut self, actor: &Actor, guild: u64, target: u64) -> Result<(), ApiError> {
        let user = self.user_json(target);
        let reason = actor.reason.clone();
        let of = self.guild_mut(guild)?;
        of.bans.insert(
            target,
            Ban {
                reason: reason.clone(),
            },
        );
        let was_member = of.members.remove(&target).is_some();
        let event = json!({"guild_id": guild.to_string(), "user": user});
        self.emit_in_guild("GUILD_BAN_ADD", guild, event.clone());
        if was_member {
            self.emit_in_guild("GUILD_MEMBER_REMOVE", guild, event);
        }
        self.record(actor, guild, action::BAN, Some(target), Vec::new(), None);
        self.show_done(ShownKind::Ban, actor, target);
        Ok(())
    }

    fn delete_recent(&mut self, guild: u64, author: u64, seconds: u64) {
        let ms = i64::try_from(seconds)
            .unwrap_or(i64::MAX)
            .saturating_mul(1_000);
        let since = from_time(self.now_ms().saturating_sub(ms));
        let channels = self
            .channels
            .values()
            .filter(|channel| channel.guild() == Some(guild));
        let channels: Vec<u64> = channels.map(|channel| channel.id).collect();
        for channel in channels {
            let recent = self.messages.get(&channel).into_iter().flatten();
            let ids: Vec<u64> = recent
                .filter(|(id, m)| **id >= since && m.author == author && m.ephemeral_for.is_none())
                .map(|(id, _)| *id)
                .collect();
            if !ids.is_empty() {
                self.remove_messages(channel, &ids);
            }
        }
    }

    /// Lifts a ban.
    pub(crate) fn unban(&mut self, actor: &Actor, guild: u64, target: u64) -> Result<(), ApiError> {
        self.require(actor.user, guild, BAN_MEMBERS)?;
        if self.guild_mut(guild)?.bans.remove(&target).is_none() {
            return Err(ApiError::UNKNOWN_BAN);
        }
        let event = json!({"guild_id": guild.to_string(), "user": self.user_json(target)});
        self.emit_in_guild("GUILD_BAN_REMOVE", guild, event);
        self.record(actor, guild, action::UNBAN, Some(target), Vec::new(), None);
        self.show_done(ShownKind::Unban, actor, target);
        Ok(())
    }

    /// Shows what was done to someone, and why.
    pub(crate) fn show_done(&mut self, kind: ShownKind, actor: &Actor, target: u64) {
        let mut shown = Shown::new(kind);
        shown.author = Some(self.name_of(actor.user));
        shown.target = Some(self.name_of(target));
        shown.reason.clone_from(&actor.reason);
        self.show(shown);
    }
}
