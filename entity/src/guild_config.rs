//! The settings of a guild; no row means defaults.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::guild_config::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::GuildId),
        Rule::up_to(Column::Prefix, 5),
        Rule::up_to(Column::Language, 10),
        Rule::up_to(Column::Timezone, 64),
        Rule::between(Column::AdministratorRank, 0, 10),
        Rule::between(Column::DmWaitS, 0, 10),
        Rule::between(Column::BanDeleteDays, 0, 7),
        Rule::up_to(Column::DmFooter, 500),
        Rule::at_least(Column::Version, 1),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
