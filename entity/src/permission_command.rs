//! What a guild asks for a command instead of its default.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::permission_command::*;
use crate::managed::Managed;

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
}

impl ActiveModelBehavior for ActiveModel {}
