//! What the bot still owes Discord or a person. `guild_id` is NULL for work outside guilds.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::obligation::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const UUID: Option<Column> = Some(Column::Id);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::GuildId),
        Rule::at_least(Column::CaseNumber, 1),
        Rule::snowflake(Column::SubjectId),
        Rule::up_to(Column::DedupeKey, 120),
        Rule::at_least(Column::Attempts, 0),
        Rule::up_to(Column::LeaseOwner, 64),
        Rule::up_to(Column::Nonce, 25),
        Rule::up_to(Column::LastError, 300),
        Rule::at_least(Column::Version, 1),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
