//! What a button or menu needs to go on. `guild_id` is NULL in direct messages.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::ui_state::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const RULES: &'static [Rule<Column>] = &[
        Rule::up_to(Column::Id, 22),
        Rule::snowflake(Column::GuildId),
        Rule::snowflake(Column::UserId),
        Rule::up_to(Column::Screen, 40),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
