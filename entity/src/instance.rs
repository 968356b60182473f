//! What concerns the whole installation, by key.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::instance::*;
use crate::managed::Managed;

impl Managed for Entity {
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
}

impl ActiveModelBehavior for ActiveModel {}
