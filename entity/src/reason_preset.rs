//! Reasons that a guild's moderators give by name.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::reason_preset::*;
use crate::managed::Managed;

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
}

impl ActiveModelBehavior for ActiveModel {}
