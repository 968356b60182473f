//! The guild itself.

use serde_json::{Value, json};

use super::Actor;
use super::audit::change;
use crate::error::ApiError;
use crate::limits;
use crate::payload::guild_json;
use crate::permissions::MANAGE_GUILD;
use crate::state::{State, audit::action};

impl State {
    /// `PATCH /guilds/{id}`: the name, which is all that can be changed here.
    pub(crate) fn edit_guild(
        &mut self,
        actor: &Actor,
        guild: u64,
        edit: &Value,
    ) -> Result<(), ApiError> {
        self.require(actor.user, guild, MANAGE_GUILD)?;
        let Some(name) = edit["name"].as_str() else {
            return Ok(());
        };
        if !limits::GUILD_NAME.contains(&name.chars().count()) {
            let message = "Must be between 2 and 100 in length.";
            return Err(ApiError::invalid("name", "BASE_TYPE_BAD_LENGTH", message));
        }
        let old = std::mem::replace(&mut self.guild_mut(guild)?.name, name.to_owned());
        if old == name {
            return Ok(());
        }
        let data = guild_json(self.guild(guild)?);
        self.emit_in_guild("GUILD_UPDATE", guild, data);
        let changes = vec![change("name", json!(old), json!(name))];
        let entry = action::GUILD_UPDATE;
        self.record(actor, guild, entry, Some(guild), changes, None);
        Ok(())
    }
}
