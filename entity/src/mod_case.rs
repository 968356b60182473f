//! A moderation case, numbered from 1 in each guild.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::mod_case::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::GuildId),
        Rule::at_least(Column::Number, 1),
        Rule::snowflake(Column::TargetId),
        Rule::up_to(Column::TargetName, 100),
        Rule::person(Column::ModeratorId),
        Rule::up_to(Column::Reason, 1_000),
        Rule::at_least(Column::SupersededBy, 1),
        Rule::at_least(Column::ClosedBy, 1),
        Rule::at_least(Column::RelatedTo, 1),
        Rule::at_least(Column::PlanNumber, 1),
        Rule::snowflake(Column::AuditEntryId),
        Rule::snowflake(Column::LogChannelId),
        Rule::snowflake(Column::LogMessageId),
        Rule::up_to(Column::ErrorCode, 40),
        Rule::at_least(Column::EventSeq, 1),
        Rule::at_least(Column::Version, 1),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
