//! What the schema demands of a value, known before the database is asked.
//!
//! Each entity lists its rules beside its policy ([`crate::Managed::RULES`]); the stamp of every write checks
//! them. They repeat the CHECKs of the migrations, which a test compares with them; the words of enums need no
//! rule, because their types hold no others.

use sea_orm::{ActiveModelTrait, EntityTrait, IdenStatic, Iterable, JsonValue, Value};
use std::fmt;

/// A limit on the values of a column. NULL always passes: whether it may be is another question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<C> {
    column: C,
    limit: Limit,
}

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// A whole number between both, themselves included.
    Between(i64, i64),
    /// Text of at most so many characters.
    Characters(usize),
    /// So many bytes.
    Bytes(usize),
    /// Text without NUL characters, which PostgreSQL does not store. Holds for every column.
    WithoutNul,
}

impl<C: Copy> Rule<C> {
    /// An id that Discord gave out: positive.
    pub const fn snowflake(column: C) -> Self {
        Self::at_least(column, 1)
    }

    /// An id that Discord gave out, or 0 once the person was anonymised.
    pub const fn person(column: C) -> Self {
        Self::at_least(column, 0)
    }

    /// A whole number that is not below `least`.
    pub const fn at_least(column: C, least: i64) -> Self {
        Self::between(column, least, i64::MAX)
    }

    /// A whole number between `least` and `most`, both included.
    pub const fn between(column: C, least: i64, most: i64) -> Self {
        let limit = Limit::Between(least, most);
        Self { column, limit }
    }

    /// Text of at most `most` characters.
    pub const fn up_to(column: C, most: usize) -> Self {
        let limit = Limit::Characters(most);
        Self { column, limit }
    }

    /// A SHA-256 digest: 32 bytes.
    pub const fn digest(column: C) -> Self {
        let limit = Limit::Bytes(32);
        Self { column, limit }
    }

    /// The column.
    pub const fn column(&self) -> C {
        self.column
    }

    /// What its values may be.
    pub const fn limit(&self) -> Limit {
        self.limit
    }
}

impl Limit {
    /// Whether a value keeps to the limit. Values of another type do.
    pub fn allows(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Between(least, most), Value::BigInt(Some(n))) => (least..=most).contains(n),
            (Self::Characters(most), Value::String(Some(text))) => {
                text.len() <= most || text.chars().count() <= most
            }
            (Self::Bytes(length), Value::Bytes(Some(bytes))) => bytes.len() == length,
            (Self::WithoutNul, Value::String(Some(text))) => !text.contains('\0'),
            (Self::WithoutNul, Value::Json(Some(json))) => !holds_nul(json),
            _ => true,
        }
    }
}

fn holds_nul(json: &JsonValue) -> bool {
    match json {
        JsonValue::String(text) => text.contains('\0'),
        JsonValue::Array(items) => items.iter().any(holds_nul),
        JsonValue::Object(entries) => entries
            .iter()
            .any(|(name, value)| name.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Between(least, i64::MAX) => write!(f, "must be at least {least}"),
            Self::Between(least, most) => write!(f, "must be between {least} and {most}"),
            Self::Characters(most) => write!(f, "must have at most {most} characters"),
            Self::Bytes(length) => write!(f, "must have {length} bytes"),
            Self::WithoutNul => f.write_str("must not contain NUL characters"),
        }
    }
}

/// The first column of a draft whose value breaks a rule, and the rule.
pub(crate) fn broken<E: EntityTrait>(
    draft: &E::ActiveModel,
    rules: &[Rule<E::Column>],
) -> Option<(&'static str, Limit)> {
    let breaks = |column: E::Column, limit: Limit| {
        let value = draft.get(column).into_value();
        value.is_some_and(|value| !limit.allows(&value))
    };
    let own = rules.iter().map(|rule| (rule.column, rule.limit));
    let all = E::Column::iter().map(|column| (column, Limit::WithoutNul));
    own.chain(all)
        .find(|(column, limit)| breaks(*column, *limit))
        .map(|(column, limit)| (column.as_str(), limit))
}
