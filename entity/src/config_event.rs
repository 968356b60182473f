//! Who changed which setting of a guild. Only appended to.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::config_event::*;
use crate::managed::Managed;

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::At);
}

impl ActiveModelBehavior for ActiveModel {}
