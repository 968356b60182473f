//! What concerns the whole installation, by key.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::instance::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const CREATED_AT: Option<Column> = Some(Column::CreatedAt);
    const UPDATED_AT: Option<Column> = Some(Column::UpdatedAt);
    const VERSION: Option<Column> = Some(Column::Version);
    const RULES: &'static [Rule<Column>] = &[
        Rule::up_to(Column::Key, 40),
        Rule::at_least(Column::Version, 1),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
