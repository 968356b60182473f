//! A guild as permission checks need it.

use crate::failure::Result;
use poise::serenity_prelude::{
    Context, Guild, GuildId, Http, PartialGuild, Permissions, Role, RoleId, UserId,
};
use std::{collections::HashMap, sync::Arc};

/// Owner and roles of a guild.
#[derive(Debug, Clone)]
pub struct GuildFacts {
    /// Its id, which is also the id of the @everyone role.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner_id: UserId,
    /// Its roles.
    pub roles: HashMap<RoleId, RoleFacts>,
}

/// A role as permission checks need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleFacts {
    /// Its name.
    pub name: String,
    /// Higher is more.
    pub position: u16,
    /// What it permits everywhere in the guild.
    pub permissions: Permissions,
    /// Whether an integration owns it.
    pub managed: bool,
}

impl GuildFacts {
    /// What somebody with these roles may do everywhere in the guild. Administrators may do everything.
    pub fn permissions(&self, user: UserId, roles: &[RoleId]) -> Permissions {
        if user == self.owner_id {
            return Permissions::all();
        }
        self.role_permissions(roles)
    }

    /// What these roles and @everyone permit together everywhere in the guild. Administrators may do
    /// everything.
    pub fn role_permissions(&self, roles: &[RoleId]) -> Permissions {
        let everyone = RoleId::new(self.id.get());
        let bits = roles
            .iter()
            .chain([&everyone])
            .filter_map(|role| self.roles.get(role))
            .fold(Permissions::empty(), |bits, role| bits | role.permissions);
        if bits.administrator() {
            Permissions::all()
        } else {
            bits
        }
    }

    /// The mention of a role; that of @everyone has no id.
    pub fn role_mention(&self, role: RoleId) -> String {
        if role.get() == self.id.get() {
            "@everyone".to_owned()
        } else {
            format!("<@&{role}>")
        }
    }

    /// The highest of these roles as a number to compare: position first, then the older role.
    pub fn height(&self, roles: &[RoleId]) -> Height {
        roles
            .iter()
            .filter_map(|id| self.roles.get(id).map(|role| height(*id, role)))
            .max()
            .unwrap_or_default()
    }

    /// How high one role is.
    pub fn role_height(&self, id: RoleId) -> Height {
        self.roles
            .get(&id)
            .map_or_else(Height::default, |role| height(id, role))
    }
}

/// A place in the order of roles. Of two roles in the same position the one with the lower id is higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Height(u16, std::cmp::Reverse<u64>);

impl Default for Height {
    /// Below every role.
    fn default() -> Self {
        Self(0, std::cmp::Reverse(u64::MAX))
    }
}

fn height(id: RoleId, role: &RoleFacts) -> Height {
    Height(role.position, std::cmp::Reverse(id.get()))
}

/// The guild from the cache, else from Discord.
///
/// # Errors
/// [`crate::failure::Failure::Discord`].
pub async fn facts(ctx: &Context, id: GuildId) -> Result<Arc<GuildFacts>> {
    if let Some(guild) = ctx.cache.guild(id) {
        return Ok(Arc::new(of_cached(&guild)));
    }
    fetch(&ctx.http, id).await.map(Arc::new)
}

/// The guild as Discord knows it now.
///
/// # Errors
/// [`crate::failure::Failure::Discord`].
pub async fn fetch(http: &Http, id: GuildId) -> Result<GuildFacts> {
    Ok(of_fetched(&http.get_guild(id).await?))
}

fn of_cached(guild: &Guild) -> GuildFacts {
    GuildFacts {
        id: guild.id,
        name: guild.name.clone(),
        owner_id: guild.owner_id,
        roles: roles(&guild.roles),
    }
}

fn of_fetched(guild: &PartialGuild) -> GuildFacts {
    GuildFacts {
        id: guild.id,
        name: guild.name.clone(),
        owner_id: guild.owner_id,
        roles: roles(&guild.roles),
    }
}

fn roles(roles: &HashMap<RoleId, Role>) -> HashMap<RoleId, RoleFacts> {
    let facts = |role: &Role| RoleFacts {
        name: role.name.clone(),
        position: role.position,
        permissions: role.permissions,
        managed: role.managed,
    };
    roles.iter().map(|(id, role)| (*id, facts(role))).collect()
}
