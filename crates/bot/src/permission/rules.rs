//! A guild's permission rules.

use controllers::{Executor, GuildDb, Result};
use entity::{guild_config, value::PermissionMode};
use std::collections::BTreeMap;

/// What a guild has configured; `Default` is a guild that has configured nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Who decides.
    pub mode: PermissionMode,
    /// The rank that Discord's Administrator counts as; `None`: no rank.
    pub administrator_rank: Option<i64>,
    /// Whether a target's rank protects it from equal and lower ranks.
    pub rank_hierarchy: bool,
    /// Names of the ranks.
    pub ranks: BTreeMap<i64, String>,
    /// Ranks of roles by role id.
    pub roles: BTreeMap<u64, i64>,
    /// Rules of commands by full name.
    pub commands: BTreeMap<String, CommandRule>,
}

/// What a guild has configured for one command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandRule {
    /// The rank it needs; `None`: as if there were no rule.
    pub required_rank: Option<i64>,
    /// Whether it is on.
    pub enabled: bool,
}

/// The rank that a command needs, and which rule says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    /// The rank.
    pub rank: i64,
    /// Where it comes from.
    pub by: RequiredBy,
}

/// Which rule decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequiredBy {
    /// The rule of this command: its own, or that of the nearest group above it.
    Row(String),
    /// The default of this command.
    Default,
}

impl Default for CommandRule {
    /// On, with its default rank.
    fn default() -> Self {
        Self {
            required_rank: None,
            enabled: true,
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            mode: PermissionMode::Auto,
            administrator_rank: Some(7),
            rank_hierarchy: true,
            ranks: BTreeMap::new(),
            roles: BTreeMap::new(),
            commands: BTreeMap::new(),
        }
    }
}

impl Rules {
    /// Reads the rules of a guild. Four round trips.
    ///
    /// # Errors
    /// Those of the controllers.
    pub async fn load<C: Executor>(db: GuildDb<'_, C>) -> Result<Self> {
        let config = db.config().effective().await?;
        Self::under(&config, db).await
    }

    /// Reads the rest of the rules of a guild that has these settings. Three round trips.
    ///
    /// # Errors
    /// Those of the controllers.
    pub async fn under<C: Executor>(
        config: &guild_config::Model,
        db: GuildDb<'_, C>,
    ) -> Result<Self> {
        let ranks = db.ranks().ladder().await?;
        let roles = db.role_ranks().all().await?;
        let commands = db.command_rules().all().await?;
        let rule = |row: &entity::permission_command::Model| CommandRule {
            required_rank: row.required_rank,
            enabled: row.enabled,
        };
        Ok(Self {
            mode: config.permission_mode,
            administrator_rank: config.administrator_rank,
            rank_hierarchy: config.rank_hierarchy,
            ranks: ranks.into_iter().map(|row| (row.rank, row.name)).collect(),
            roles: roles
                .into_iter()
                .map(|row| (row.role_id.cast_unsigned(), row.rank))
                .collect(),
            commands: commands
                .iter()
                .map(|row| (row.command.clone(), rule(row)))
                .collect(),
        })
    }

    /// Who decides in fact: `auto` means Discord until a role has a rank.
    pub fn deciding_mode(&self) -> PermissionMode {
        match self.mode {
            PermissionMode::Auto if self.roles.is_empty() => PermissionMode::Discord,
            PermissionMode::Auto => PermissionMode::Ranks,
            mode => mode,
        }
    }

    /// Whether Discord's bits also give a rank.
    pub fn bits_give_ranks(&self) -> bool {
        self.deciding_mode() != PermissionMode::Ranks
    }

    /// The rank that `path` needs: its own rule, else the nearest one above, else `default`.
    pub fn required(&self, path: &str, default: i64) -> Required {
        let row = lineage(path).find_map(|path| {
            let rank = self.commands.get(path)?.required_rank?;
            Some(Required {
                rank,
                by: RequiredBy::Row(path.to_owned()),
            })
        });
        row.unwrap_or(Required {
            rank: default,
            by: RequiredBy::Default,
        })
    }

    /// The rule that switches `path` off, if one does.
    pub fn switched_off<'p>(&self, path: &'p str) -> Option<&'p str> {
        lineage(path).find(|path| self.commands.get(*path).is_some_and(|rule| !rule.enabled))
    }

    /// The name of a rank, if it has one.
    pub fn rank_name(&self, rank: i64) -> Option<&str> {
        self.ranks.get(&rank).map(String::as_str)
    }
}

/// `a b c`, `a b`, `a`.
fn lineage(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.rsplit_once(' ').map(|(above, _)| above)
    })
}
