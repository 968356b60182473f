//! The ranks of a guild, 0 (everyone) to 10.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::permission_rank::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::GuildId),
        Rule::between(Column::Rank, 0, 10),
        Rule::up_to(Column::Name, 32),
        Rule::up_to(Column::Description, 200),
        Rule::at_least(Column::Version, 1),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
