//! What a button or menu needs to go on. `guild_id` is NULL in direct messages.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::ui_state::*;
use crate::managed::Managed;

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
}

impl ActiveModelBehavior for ActiveModel {}
