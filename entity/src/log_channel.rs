//! Where a guild wants each kind of log.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::log_channel::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::GuildId),
        Rule::snowflake(Column::ChannelId),
        Rule::snowflake(Column::WebhookId),
        Rule::up_to(Column::WebhookToken, 100),
        Rule::up_to(Column::LastError, 200),
        Rule::at_least(Column::Version, 1),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
