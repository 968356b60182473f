//! The ranks of a guild, 0 (everyone) to 10.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::permission_rank::*;
use crate::managed::Managed;

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
}

impl ActiveModelBehavior for ActiveModel {}
