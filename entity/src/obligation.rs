//! What the bot still owes Discord or a person. `guild_id` is NULL for work outside guilds.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::obligation::*;
use crate::managed::Managed;

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const UUID: Option<Column> = Some(Column::Id);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
}

impl ActiveModelBehavior for ActiveModel {}
