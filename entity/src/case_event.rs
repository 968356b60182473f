//! Something that happened to a case. Only appended to; each event hashes the one before.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::case_event::*;
use crate::managed::Managed;

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::At);
}

impl ActiveModelBehavior for ActiveModel {}
