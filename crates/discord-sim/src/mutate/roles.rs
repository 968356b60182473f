//! A guild's roles: making, editing, moving and deleting them.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::limits;
use crate::payload::role_json;
use crate::permissions::{Bits, MANAGE_ROLES};
use crate::shown::{Shown, ShownKind};
use crate::state::{Role, State, audit::action};

impl State {
    /// Makes a role, lowest of all but @everyone. Without a name it is called "new role"; without
    /// permissions it has those of @everyone.
    pub(crate) fn create_role(
        &mut self,
        actor: &Actor,
        guild: u64,
        spec: &Value,
    ) -> Result<u64, ApiError> {
        self.require(actor.user, guild, MANAGE_ROLES)?;
        let id = self.ids.next();
        let of = self.guild(guild)?;
        if of.roles.len() >= limits::ROLES {
            return Err(ApiError::TOO_MANY_ROLES);
        }
        let blank = Role {
            id,
            name: "new role".to_owned(),
            bits: self.role(guild, guild)?.bits,
            // Several roles may stand on one position; of those the newest is the lowest.
            position: 1,
            managed_by: None,
            color: 0,
            hoist: false,
            mentionable: false,
        };
        let role = edited(&blank, spec)?;
        // Nobody gives or takes what they do not have.
        self.require(actor.user, guild, role.bits & !blank.bits)?;
        let data = json!({"guild_id": guild.to_string(), "role": role_json(&role)});
        let name = role.name.clone();
        let changes = vec![
            change("name", Value::Null, json!(name)),
            change("permissions", Value::Null, json!(role.bits.to_string())),
        ];
        self.guild_mut(guild)?.roles.insert(id, role);
        self.emit_in_guild("GUILD_ROLE_CREATE", guild, data);
        let entry = action::ROLE_CREATE;
        self.record(actor, guild, entry, Some(id), changes, None);
        self.show_role(actor, format!("{name} created"));
        Ok(id)
    }

    /// Changes a role that stands below the actor.
    pub(crate) fn edit_role(
        &mut self,
        actor: &Actor,
        guild: u64,
        role: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        self.may_manage_role(actor, guild, role)?;
        let old = self.role(guild, role)?.clone();
        let new = edited(&old, edit)?;
        self.require(actor.user, guild, old.bits ^ new.bits)?;
        let (before, after) = (role_json(&old), role_json(&new));
        let changes: Vec<Value> = ["name", "permissions", "color", "hoist", "mentionable"]
            .into_iter()
            .filter(|key| before[key] != after[key])
            .map(|key| change(key, before[key].clone(), after[key].clone()))
            .collect();
        if changes.is_empty() {
            return Ok(());
        }
        let name = new.name.clone();
        self.guild_mut(guild)?.roles.insert(role, new);
        self.emit_role_update(guild, role)?;
        let entry = action::ROLE_UPDATE;
        self.record(actor, guild, entry, Some(role), changes, None);
        self.show_role(actor, format!("{name} updated"));
        Ok(())
    }

    /// Moves roles so that each stands at its position, 1 being the lowest.
    pub(crate) fn move_roles(
        &mut self,
        actor: &Actor,
        guild: u64,
        positions: &[(u64, usize)],
    ) -> Result<(), ApiError> {
        let of = self.guild(guild)?;
        let mut order: Vec<u64> = of.roles.keys().copied().filter(|id| *id != guild).collect();
        order.sort_by_key(|id| of.role_rank(*id));
        let own = of.rank(actor.user);
        for (role, position) in positions {
            self.may_manage_role(actor, guild, *role)?;
            let passed = order.get(position.saturating_sub(1));
            if passed.is_some_and(|id| of.role_rank(*id) >= own) {
                return Err(ApiError::MISSING_PERMISSIONS);
            }
        }
        for (role, position) in positions {
            order.retain(|id| id != role);
            order.insert(position.saturating_sub(1).min(order.len()), *role);
        }
        let mut moved = Vec::new();
        let of = self.guild_mut(guild)?;
        for (position, id) in (1..).zip(order) {
            if let Some(role) = of.roles.get_mut(&id)
                && role.position != position
            {
                moved.push((id, role.position, position));
                role.position = position;
            }
        }
        for (id, old, new) in moved {
            self.emit_role_update(guild, id)?;
            if positions.iter().any(|(role, _)| *role == id) {
                let changes = vec![change("position", json!(old), json!(new))];
                let entry = action::ROLE_UPDATE;
                self.record(actor, guild, entry, Some(id), changes, None);
            }
        }
        Ok(())
    }

    /// Deletes a role; its members lose it, and no channel has an overwrite for it any more.
    pub(crate) fn delete_role(
        &mut self,
        actor: &Actor,
        guild: u64,
        role: u64,
    ) -> Result<(), ApiError> {
        self.may_manage_role(actor, guild, role)?;
        let of = self.role(guild, role)?;
        if role == guild {
            return Err(ApiError::INVALID_ROLE);
        }
        if of.managed_by.is_some() {
            return Err(ApiError::MISSING_PERMISSIONS);
        }
        let name = of.name.clone();
        let of = self.guild_mut(guild)?;
        of.roles.remove(&role);
        for member in of.members.values_mut() {
            member.roles.retain(|id| *id != role);
        }
        for channel in self.channels.values_mut() {
            channel.overwrites.retain(|overwrite| overwrite.id != role);
        }
        let data = json!({"guild_id": guild.to_string(), "role_id": role.to_string()});
        self.emit_in_guild("GUILD_ROLE_DELETE", guild, data);
        let changes = vec![change("name", json!(name), Value::Null)];
        let entry = action::ROLE_DELETE;
        self.record(actor, guild, entry, Some(role), changes, None);
        self.show_role(actor, format!("{name} deleted"));
        Ok(())
    }

    fn may_manage_role(&self, actor: &Actor, guild: u64, role: u64) -> Result<(), ApiError> {
        self.require(actor.user, guild, MANAGE_ROLES)?;
        self.role(guild, role)?;
        let of = self.guild(guild)?;
        if of.rank(actor.user) > of.role_rank(role) {
            Ok(())
        } else {
            Err(ApiError::MISSING_PERMISSIONS)
        }
    }

    fn emit_role_update(&mut self, guild: u64, role: u64) -> Result<(), ApiError> {
        let role = role_json(self.role(guild, role)?);
        let data = json!({"guild_id": guild.to_string(), "role": role});
        self.emit_in_guild("GUILD_ROLE_UPDATE", guild, data);
        Ok(())
    }

    fn show_role(&mut self, actor: &Actor, what: String) {
        let mut shown = Shown::new(ShownKind::Role);
        shown.author = Some(self.name_of(actor.user));
        shown.content = Some(what);
        shown.reason.clone_from(&actor.reason);
        self.show(shown);
    }
}

/// A role with the properties that a request names.
fn edited(role: &Role, edit: &Value) -> Result<Role, ApiError> {
    let mut role = role.clone();
    if let Some(name) = edit["name"].as_str() {
        if name.chars().count() > limits::ROLE_NAME {
            return Err(ApiError::too_long("name", limits::ROLE_NAME));
        }
        name.clone_into(&mut role.name);
    }
    match &edit["permissions"] {
        Value::Null => {}
        bits => role.bits = parsed_bits(bits).ok_or_else(|| ApiError::required("permissions"))?,
    }
    let color = edit["colors"]["primary_color"].as_u64();
    if let Some(color) = color.or_else(|| edit["color"].as_u64()) {
        role.color = u32::try_from(color)
            .ok()
            .filter(|color| *color <= limits::COLOR)
            .ok_or_else(|| {
                let message = format!("int value should be between 0 and {}.", limits::COLOR);
                ApiError::invalid("color", "NUMBER_TYPE_MAX", message)
            })?;
    }
    role.hoist = edit["hoist"].as_bool().unwrap_or(role.hoist);
    role.mentionable = edit["mentionable"].as_bool().unwrap_or(role.mentionable);
    Ok(role)
}

/// Permission bits, which are written as a decimal text.
pub(crate) fn parsed_bits(value: &Value) -> Option<Bits> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
