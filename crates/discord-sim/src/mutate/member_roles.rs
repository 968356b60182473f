//! Giving roles to members and taking them.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::permissions::MANAGE_ROLES;
use crate::shown::{Shown, ShownKind};
use crate::state::{State, audit::action};

impl State {
    /// Gives a role to a member, or takes it. Nothing happens when it is so already.
    pub(crate) fn set_role(
        &mut self,
        actor: &Actor,
        guild: u64,
        target: u64,
        role: u64,
        has: bool,
    ) -> Result<(), ApiError> {
        let mut roles = self.member(guild, target)?.roles.clone();
        self.may_hand_out(actor, guild, role)?;
        roles.retain(|id| *id != role);
        if has {
            roles.push(role);
        }
        self.set_roles(actor, guild, target, &roles)
    }

    /// The `roles` of a member's edit, when all that differ may be given and taken.
    pub(crate) fn checked_roles(
        &self,
        actor: &Actor,
        guild: u64,
        target: u64,
        edit: &Value,
    ) -> Result<Option<Vec<u64>>, ApiError> {
        let Some(wanted) = edit.get("roles").and_then(Value::as_array) else {
            return Ok(None);
        };
        let id = |value: &Value| value.as_str().and_then(|text| text.parse::<u64>().ok());
        let wanted: Vec<u64> = wanted
            .iter()
            .filter_map(id)
            .filter(|id| *id != guild)
            .collect();
        let has = &self.member(guild, target)?.roles;
        let given = wanted.iter().filter(|role| !has.contains(role));
        let taken = has.iter().filter(|role| !wanted.contains(role));
        self.require(actor.user, guild, MANAGE_ROLES)?;
        for role in given.chain(taken) {
            self.may_hand_out(actor, guild, *role)?;
        }
        Ok(Some(wanted))
    }

    fn may_hand_out(&self, actor: &Actor, guild: u64, role: u64) -> Result<(), ApiError> {
        self.require(actor.user, guild, MANAGE_ROLES)?;
        let managed = self.role(guild, role)?.managed_by.is_some();
        let of = self.guild(guild)?;
        if managed || role == guild || of.rank(actor.user) <= of.role_rank(role) {
            return Err(ApiError::MISSING_PERMISSIONS);
        }
        Ok(())
    }

    /// Replaces a member's roles, and tells what was given and taken.
    pub(crate) fn set_roles(
        &mut self,
        actor: &Actor,
        guild: u64,
        target: u64,
        roles: &[u64],
    ) -> Result<(), ApiError> {
        let member = self.guild_mut(guild)?.members.get_mut(&target);
        let Some(member) = member else {
            return Err(ApiError::UNKNOWN_MEMBER);
        };
        let old = std::mem::replace(&mut member.roles, roles.to_vec());
        let named = |ids: Vec<&u64>| -> Vec<(u64, String)> {
            let roles = ids.into_iter().filter_map(|id| self.role(guild, *id).ok());
            roles.map(|role| (role.id, role.name.clone())).collect()
        };
        let given = named(roles.iter().filter(|role| !old.contains(role)).collect());
        let taken = named(old.iter().filter(|role| !roles.contains(role)).collect());
        if given.is_empty() && taken.is_empty() {
            return Ok(());
        }
        let json = |roles: &[(u64, String)]| -> Value {
            roles
                .iter()
                .map(|(id, name)| json!({"id": id.to_string(), "name": name}))
                .collect()
        };
        let mut changes = Vec::new();
        for (key, roles) in [("$add", &given), ("$remove", &taken)] {
            if !roles.is_empty() {
                changes.push(change(key, Value::Null, json(roles)));
            }
        }
        self.emit_member_update(guild, target)?;
        self.record(
            actor,
            guild,
            action::MEMBER_ROLES,
            Some(target),
            changes,
            None,
        );
        let signed = given
            .iter()
            .map(|role| ('+', role))
            .chain(taken.iter().map(|r| ('-', r)));
        for (sign, (_, name)) in signed {
            let mut shown = Shown::new(ShownKind::Role);
            shown.author = Some(self.name_of(actor.user));
            shown.target = Some(self.name_of(target));
            shown.content = Some(format!("{sign}{name}"));
            shown.reason.clone_from(&actor.reason);
            self.show(shown);
        }
        Ok(())
    }
}
