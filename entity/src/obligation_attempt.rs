//! What one try at an obligation came to. Only appended to.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::obligation_attempt::*;
use crate::managed::Managed;

impl Managed for Entity {
    const CREATED_AT: Option<Column> = Some(Column::At);
}

impl ActiveModelBehavior for ActiveModel {}
