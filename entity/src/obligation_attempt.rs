//! What one try at an obligation came to. Only appended to.

use sea_orm::ActiveModelBehavior;

pub use crate::generated::obligation_attempt::*;
use crate::{managed::Managed, rule::Rule};

impl Managed for Entity {
    const CREATED_AT: Option<Column> = Some(Column::At);
    const RULES: &'static [Rule<Column>] = &[
        Rule::at_least(Column::Attempt, 1),
        Rule::at_least(Column::Ms, 0),
        Rule::up_to(Column::Detail, 300),
    ];
}

impl ActiveModelBehavior for ActiveModel {}
