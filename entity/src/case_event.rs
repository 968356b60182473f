//! Something that happened to a case. Only appended to; each event hashes the one before.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::case_event::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const CREATED_AT: Option<Column> = Some(Column::At);
    const RULES: &'static [Rule<Column>] = &[
        Rule::snowflake(Column::GuildId),
        Rule::at_least(Column::Seq, 1),
        Rule::person(Column::ActorId),
        Rule::digest(Column::TextCommit),
        Rule::digest(Column::PrevHash),
        Rule::digest(Column::Hash),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
