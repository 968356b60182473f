//! Members: joining and leaving, kicks, timeouts, nicknames and roles.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::clock::{iso, parse_iso};
use crate::error::ApiError;
use crate::limits;
use crate::permissions::{
    ADMINISTRATOR, CHANGE_NICKNAME, KICK_MEMBERS, MANAGE_NICKNAMES, MODERATE_MEMBERS,
};
use crate::shown::{Shown, ShownKind};
use crate::state::{Member, State, audit::action};

/// What an edit says of a property that may be absent.
enum Change<T> {
    Keep,
    To(Option<T>),
}

impl State {
    /// Removes a member, who may come back.
    pub(crate) fn kick(&mut self, actor: &Actor, guild: u64, target: u64) -> Result<(), ApiError> {
        self.require(actor.user, guild, KICK_MEMBERS)?;
        self.member(guild, target)?;
        if !self.guild(guild)?.outranks(actor.user, target) {
            return Err(ApiError::MISSING_PERMISSIONS);
        }
        self.remove_member(guild, target)?;
        self.record(actor, guild, action::KICK, Some(target), Vec::new(), None);
        self.show_done(ShownKind::Kick, actor, target);
        Ok(())
    }

    /// A member leaves on their own.
    pub(crate) fn leave(&mut self, guild: u64, user: u64) -> Result<(), ApiError> {
        self.member(guild, user)?;
        self.remove_member(guild, user)?;
        let mut shown = Shown::new(ShownKind::Leave);
        shown.author = Some(self.name_of(user));
        self.show(shown);
        Ok(())
    }

    /// A person joins. The caller has checked that they are no member and not banned.
    pub(crate) fn join(&mut self, guild: u64, user: u64) -> Result<(), ApiError> {
        let joined_ms = self.now_ms();
        let member = Member {
            user_id: user,
            roles: Vec::new(),
            nick: None,
            joined_ms,
            timeout_ms: None,
            mute: false,
            deaf: false,
        };
        let mut data = self.member_json(&member);
        data["guild_id"] = json!(guild.to_string());
        self.guild_mut(guild)?.members.insert(user, member);
        self.emit_in_guild("GUILD_MEMBER_ADD", guild, data);
        let mut shown = Shown::new(ShownKind::Join);
        shown.author = Some(self.name_of(user));
        self.show(shown);
        Ok(())
    }

    fn remove_member(&mut self, guild: u64, user: u64) -> Result<(), ApiError> {
        self.set_voice(guild, user, None)?;
        if user == self.bot_id {
            // All that a bot is told of its own leaving.
            let event = json!({"id": guild.to_string()});
            self.emit_in_guild("GUILD_DELETE", guild, event);
        }
        self.guild_mut(guild)?.members.remove(&user);
        let event = json!({"guild_id": guild.to_string(), "user": self.user_json(user)});
        self.emit_in_guild("GUILD_MEMBER_REMOVE", guild, event);
        Ok(())
    }

    /// `PATCH /guilds/{guild}/members/{user}`: nickname, timeout, the whole list of roles, and voice.
    pub(crate) fn edit_member(
        &mut self,
        actor: &Actor,
        guild: u64,
        target: u64,
        edit: &Value,
    ) -> Result<Value, ApiError> {
        self.member(guild, target)?;
        // Everything is checked before anything changes, so that a refusal changes nothing.
        let timeout = self.checked_timeout(actor, guild, target, edit)?;
        let nick = self.checked_nick(actor, guild, target, edit)?;
        let roles = self.checked_roles(actor, guild, target, edit)?;
        self.check_voice_edit(actor, guild, target, edit)?;
        self.edit_voice(actor, guild, target, edit)?;
        if let Change::To(until) = timeout {
            self.set_timeout(actor, guild, target, until)?;
        }
        if let Change::To(nick) = nick {
            self.set_nick(actor, guild, target, nick)?;
        }
        if let Some(roles) = roles {
            self.set_roles(actor, guild, target, &roles)?;
        }
        Ok(self.member_json(self.member(guild, target)?))
    }

    fn checked_timeout(
        &self,
        actor: &Actor,
        guild: u64,
        target: u64,
        edit: &Value,
    ) -> Result<Change<i64>, ApiError> {
        const FIELD: &str = "communication_disabled_until";
        let Some(value) = edit.get(FIELD) else {
            return Ok(Change::Keep);
        };
        let until = match value {
            Value::Null => None,
            Value::String(text) => Some(parse_iso(text).ok_or_else(|| {
                let message = "Could not parse the date. Should be ISO8601.";
                ApiError::invalid(FIELD, "DATE_TIME_TYPE_PARSE", message)
            })?),
            _ => return Err(ApiError::required(FIELD)),
        };
        self.require(actor.user, guild, MODERATE_MEMBERS)?;
        if until.is_some_and(|until| until > self.now_ms() + limits::TIMEOUT_MS) {
            let message = "Timeout may not be more than 28 days in the future.";
            return Err(ApiError::invalid(
                FIELD,
                "GUILD_MEMBER_TIMEOUT_TOO_LONG",
                message,
            ));
        }
        let of = self.guild(guild)?;
        let administrator = of.bits(target, self.now_ms()) & ADMINISTRATOR != 0;
        if !of.outranks(actor.user, target) || (administrator && until.is_some()) {
            return Err(ApiError::MISSING_PERMISSIONS);
        }
        Ok(Change::To(until))
    }

    fn checked_nick(
        &self,
        actor: &Actor,
        guild: u64,
        target: u64,
        edit: &Value,
    ) -> Result<Change<String>, ApiError> {
        let Some(value) = edit.get("nick") else {
            return Ok(Change::Keep);
        };
        let nick = value.as_str().filter(|nick| !nick.is_empty());
        if nick.is_some_and(|nick| nick.chars().count() > limits::NICK) {
            return Err(ApiError::too_long("nick", limits::NICK));
        }
        if actor.user == target {
            self.require(actor.user, guild, CHANGE_NICKNAME)?;
        } else {
            self.require(actor.user, guild, MANAGE_NICKNAMES)?;
            if !self.guild(guild)?.outranks(actor.user, target) {
                return Err(ApiError::MISSING_PERMISSIONS);
            }
        }
        Ok(Change::To(nick.map(str::to_owned)))
    }

    fn set_timeout(
        &mut self,
        actor: &Actor,
        guild: u64,
        target: u64,
        until: Option<i64>,
    ) -> Result<(), ApiError> {
        let now = self.now_ms();
        let member = self.guild_mut(guild)?.members.get_mut(&target);
        let Some(member) = member else {
            return Err(ApiError::UNKNOWN_MEMBER);
        };
        let old = std::mem::replace(&mut member.timeout_ms, until);
        if old == until {
            return Ok(());
        }
        let key = "communication_disabled_until";
        let changed = change(key, json!(old.map(iso)), json!(until.map(iso)));
        self.emit_member_update(guild, target)?;
        self.record(
            actor,
            guild,
            action::MEMBER_UPDATE,
            Some(target),
            vec![changed],
            None,
        );
        let running = until.is_some_and(|until| until > now);
        let kind = if running {
            ShownKind::Timeout
        } else {
            ShownKind::Untimeout
        };
        let mut shown = Shown::new(kind);
        shown.author = Some(self.name_of(actor.user));
        shown.target = Some(self.name_of(target));
        shown.reason.clone_from(&actor.reason);
        shown.until = until.filter(|_| running);
        self.show(shown);
        Ok(())
    }

    fn set_nick(
        &mut self,
        actor: &Actor,
        guild: u64,
        target: u64,
        nick: Option<String>,
    ) -> Result<(), ApiError> {
        let member = self.guild_mut(guild)?.members.get_mut(&target);
        let Some(member) = member else {
            return Err(ApiError::UNKNOWN_MEMBER);
        };
        let old = std::mem::replace(&mut member.nick, nick.clone());
        if old == nick {
            return Ok(());
        }
        let changed = change("nick", json!(old), json!(nick));
        self.emit_member_update(guild, target)?;
        self.record(
            actor,
            guild,
            action::MEMBER_UPDATE,
            Some(target),
            vec![changed],
            None,
        );
        let mut shown = Shown::new(ShownKind::Nick);
        shown.author = Some(self.name_of(actor.user));
        shown.target = Some(self.name_of(target));
        shown.content = nick;
        self.show(shown);
        Ok(())
    }

    pub(crate) fn emit_member_update(&mut self, guild: u64, user: u64) -> Result<(), ApiError> {
        let mut data = self.member_json(self.member(guild, user)?);
        data["guild_id"] = json!(guild.to_string());
        self.emit_in_guild("GUILD_MEMBER_UPDATE", guild, data);
        Ok(())
    }
}
