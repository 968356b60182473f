//! What a channel allows and denies to a role or a member.

use serde_json::{Value, json};

use super::audit::change;
use super::{Actor, parsed_bits};
use crate::error::ApiError;
use crate::permissions::{MANAGE_ROLES, Overwrite};
use crate::state::{Channel, State, audit::action};

impl State {
    /// Sets the overwrite of a role or a member.
    pub(crate) fn put_overwrite(
        &mut self,
        actor: &Actor,
        channel: u64,
        overwrite: Overwrite,
    ) -> Result<(), ApiError> {
        self.require_in(actor.user, channel, MANAGE_ROLES)?;
        let of = self.channel(channel)?;
        let (old, guild) = (
            of.overwrites.clone(),
            of.guild().ok_or(ApiError::NOT_IN_DMS)?,
        );
        let mut new = old.clone();
        new.retain(|known| known.id != overwrite.id);
        new.push(overwrite);
        self.may_overwrite(actor, guild, of, &new)?;
        if old.contains(&overwrite) {
            return Ok(());
        }
        self.channel_mut(channel)?.overwrites = new;
        self.emit_channel_update(channel)?;
        self.record_overwrites(actor, guild, channel, &old);
        self.show_channel(actor, channel, "permissions updated");
        Ok(())
    }

    /// Removes the overwrite of a role or a member.
    pub(crate) fn delete_overwrite(
        &mut self,
        actor: &Actor,
        channel: u64,
        of: u64,
    ) -> Result<(), ApiError> {
        self.require_in(actor.user, channel, MANAGE_ROLES)?;
        let place = self.channel_mut(channel)?;
        let guild = place.guild().ok_or(ApiError::NOT_IN_DMS)?;
        let old = place.overwrites.clone();
        let at = old.iter().position(|known| known.id == of);
        place
            .overwrites
            .remove(at.ok_or(ApiError::UNKNOWN_OVERWRITE)?);
        self.emit_channel_update(channel)?;
        self.record_overwrites(actor, guild, channel, &old);
        self.show_channel(actor, channel, "permissions updated");
        Ok(())
    }

    /// Nobody gives or takes in a channel what they do not have there themselves.
    pub(super) fn may_overwrite(
        &self,
        actor: &Actor,
        guild: u64,
        channel: &Channel,
        wanted: &[Overwrite],
    ) -> Result<(), ApiError> {
        let (add, gone) = differing(&channel.overwrites, wanted);
        if add.is_empty() && gone.is_empty() {
            return Ok(());
        }
        self.require(actor.user, guild, MANAGE_ROLES)?;
        let own =
            self.guild(guild)?.bits(actor.user, self.now_ms()) | self.bits_in(actor.user, channel);
        for new in &add {
            let known = channel.overwrites.iter().find(|known| known.id == new.id);
            let (allow, deny) = known.map_or((0, 0), |known| (known.allow, known.deny));
            let changed = (new.allow ^ allow) | (new.deny ^ deny);
            if changed & !own != 0 {
                return Err(ApiError::MISSING_PERMISSIONS);
            }
        }
        Ok(())
    }

    /// One entry of the audit log for each overwrite that differs from what was before.
    pub(super) fn record_overwrites(
        &mut self,
        actor: &Actor,
        guild: u64,
        channel: u64,
        before: &[Overwrite],
    ) {
        let now = self.channels.get(&channel);
        let now = now.map_or_else(Vec::new, |channel| channel.overwrites.clone());
        let (add, gone) = differing(before, &now);
        for new in add {
            let old = before.iter().find(|known| known.id == new.id).copied();
            let entry = match old {
                Some(_) => action::OVERWRITE_UPDATE,
                None => action::OVERWRITE_CREATE,
            };
            self.record_overwrite(actor, (guild, channel), entry, old, Some(new));
        }
        for old in gone {
            let entry = action::OVERWRITE_DELETE;
            self.record_overwrite(actor, (guild, channel), entry, Some(old), None);
        }
    }

    fn record_overwrite(
        &mut self,
        actor: &Actor,
        (guild, channel): (u64, u64),
        entry: u16,
        old: Option<Overwrite>,
        new: Option<Overwrite>,
    ) {
        let Some(of) = new.or(old) else { return };
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
    }
}

/// Those that are new or different, and those that are gone.
fn differing(old: &[Overwrite], new: &[Overwrite]) -> (Vec<Overwrite>, Vec<Overwrite>) {
    let add = new.iter().filter(|overwrite| !old.contains(overwrite));
    let gone = old
        .iter()
        .filter(|overwrite| !new.iter().any(|kept| kept.id == overwrite.id));
    (add.copied().collect(), gone.copied().collect())
}

/// The overwrites of a request's list.
pub(super) fn parsed_overwrites(list: &Value) -> Result<Vec<Overwrite>, ApiError> {
    let parsed = |(index, entry): (usize, &Value)| {
        let id = entry["id"].as_str().and_then(|id| id.parse().ok());
        let path = format!("permission_overwrites.{index}.id");
        let id = id.or_else(|| entry["id"].as_u64());
        Ok(Overwrite {
            id: id.ok_or_else(|| ApiError::required(&path))?,
            member: entry["type"] == 1 || entry["type"] == "1",
            allow: parsed_bits(&entry["allow"]).unwrap_or(0),
            deny: parsed_bits(&entry["deny"]).unwrap_or(0),
        })
    };
    let list = list.as_array().into_iter().flatten();
    list.enumerate().map(parsed).collect()
}
