//! Which cases a list shows.

use crate::{Filter, dialect};
use chrono::{DateTime, Utc};
use entity::{
    mod_case::{Column, Entity},
    value::{CaseKind, CaseSource, CaseState},
};
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};

/// Conditions on cases; what is not given does not narrow. Serializes, so that a list can be
/// continued after a restart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFilter {
    /// Who was acted on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<i64>,
    /// Who acted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderator_id: Option<i64>,
    /// What was done.
    #[serde(skip_serializing_if = "Option::is_none", with = "word")]
    pub kind: Option<CaseKind>,
    /// How it stands.
    #[serde(skip_serializing_if = "Option::is_none", with = "word")]
    pub state: Option<CaseState>,
    /// Where it came from.
    #[serde(skip_serializing_if = "Option::is_none", with = "word")]
    pub source: Option<CaseSource>,
    /// Recorded at or after this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// Recorded before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Part of the reason, in any case of its letters (on `SQLite`: of ASCII letters).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In force or about to be.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub active: bool,
    /// Leaves out notes, which their target may not see.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub without_notes: bool,
}

impl CaseFilter {
    /// Whether every case passes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Filter<Entity> for CaseFilter {
    fn condition(self) -> Condition {
        let open = [CaseState::Pending, CaseState::Active];
        Condition::all()
            .add_option(self.target_id.map(|id| Column::TargetId.eq(id)))
            .add_option(self.moderator_id.map(|id| Column::ModeratorId.eq(id)))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add_option(self.state.map(|state| Column::State.eq(state)))
            .add_option(self.source.map(|source| Column::Source.eq(source)))
            .add_option(self.since.map(|time| Column::CreatedAt.gte(time)))
            .add_option(self.until.map(|time| Column::CreatedAt.lt(time)))
            .add_option(
                self.reason
                    .map(|part| dialect::contains_ignoring_case(Column::Reason, &part)),
            )
            .add_option(self.active.then(|| Column::State.is_in(open)))
            .add_option(self.without_notes.then(|| Column::Kind.ne(CaseKind::Note)))
    }
}

/// Enums as the words of the database.
mod word {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::{fmt::Display, str::FromStr};

    #[expect(clippy::ref_option, reason = "serde asks for this shape")]
    pub(super) fn serialize<T: Display, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(word) => serializer.collect_str(word),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        let word = Option::<String>::deserialize(deserializer)?;
        word.map(|word| word.parse().map_err(D::Error::custom))
            .transpose()
    }
}
