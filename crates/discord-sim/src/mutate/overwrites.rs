//! What a channel allows and denies to a role or a member.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::permissions::{MANAGE_ROLES, Overwrite};
use crate::state::{State, audit::action};

impl State {
    /// Sets the overwrite of a role or a member.
    pub(crate) fn put_overwrite(
        &mut self,
        actor: &Actor,
        channel: u64,
        overwrite: Overwrite,
    ) -> Result<(), ApiError> {
        self.require_in(actor.user, channel, MANAGE_ROLES)?;
        let own = &mut self.channel_mut(channel)?.overwrites;
        let old = own.iter().find(|known| known.id == overwrite.id).copied();
        own.retain(|known| known.id != overwrite.id);
        own.push(overwrite);
        if old == Some(overwrite) {
            return Ok(());
        }
        let entry = match old {
            Some(_) => action::OVERWRITE_UPDATE,
            None => action::OVERWRITE_CREATE,
        };
        self.tell_overwrite(actor, channel, entry, old, Some(overwrite))
    }

    /// Removes the overwrite of a role or a member.
    pub(crate) fn delete_overwrite(
        &mut self,
        actor: &Actor,
        channel: u64,
        of: u64,
    ) -> Result<(), ApiError> {
        self.require_in(actor.user, channel, MANAGE_ROLES)?;
        let own = &mut self.channel_mut(channel)?.overwrites;
        let at = own.iter().position(|known| known.id == of);
        let old = own.remove(at.ok_or(ApiError::UNKNOWN_OVERWRITE)?);
        self.tell_overwrite(actor, channel, action::OVERWRITE_DELETE, Some(old), None)
    }

    fn tell_overwrite(
        &mut self,
        actor: &Actor,
        channel: u64,
        entry: u16,
        old: Option<Overwrite>,
        new: Option<Overwrite>,
    ) -> Result<(), ApiError> {
        self.emit_channel_update(channel)?;
        let (Some(of), Some(guild)) = (new.or(old), self.channel(channel)?.guild()) else {
            return Ok(());
        };
        let bits = |overwrite: Option<Overwrite>, pick: fn(Overwrite) -> u64| {
            overwrite.map_or(Value::Null, |overwrite| json!(pick(overwrite).to_string()))
        };
        let changes = vec![
            change("allow", bits(old, |o| o.allow), bits(new, |o| o.allow)),
            change("deny", bits(old, |o| o.deny), bits(new, |o| o.deny)),
        ];
        // Here, unlike in a channel, Discord writes the type as a text.
        let kind = if of.member { "1" } else { "0" };
        let mut options = json!({"id": of.id.to_string(), "type": kind});
        if let Ok(role) = self.role(guild, of.id) {
            options["role_name"] = json!(role.name);
        }
        self.record(actor, guild, entry, Some(channel), changes, Some(options));
        self.show_channel(actor, channel, "permissions updated");
        Ok(())
    }
}
