//! A guild the bot has met. A guild owns itself: its tenant column is its own id.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::guild::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::Id);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::Id),
        Rule::up_to(Column::Name, 100),
        Rule::person(Column::OwnerId),
        Rule::at_least(Column::Features, 0),
        Rule::at_least(Column::Version, 1),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
