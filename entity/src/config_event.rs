//! Who changed which setting of a guild. Only appended to.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::config_event::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::At);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::GuildId),
        Rule::at_least(Column::Seq, 1),
        Rule::person(Column::ActorId),
        Rule::up_to(Column::Key, 100),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
