//! The last number given out, per guild and purpose.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::counter::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::GuildId),
        Rule::at_least(Column::Last, 0),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
