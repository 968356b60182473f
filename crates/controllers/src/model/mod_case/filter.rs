//! Which cases a list shows.

use crate::{dialect, filter};
use chrono::{DateTime, Utc};
use entity::{
    mod_case::{Column, Entity},
    value::{CaseKind, CaseSource, CaseState},
};
use sea_orm::ColumnTrait;
use serde::{Deserialize, Serialize};

filter! {
    /// Conditions on cases; what is not given does not narrow. Serializes, so that a list can be
    /// continued after a restart.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(default)]
    pub struct CaseFilter of Entity {
        /// Who was acted on.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub target_id: Option<i64> => |id| Column::TargetId.eq(id),
        /// Who acted.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub moderator_id: Option<i64> => |id| Column::ModeratorId.eq(id),
        /// What was done.
        #[serde(skip_serializing_if = "Option::is_none", with = "word")]
        pub kind: Option<CaseKind> => |kind| Column::Kind.eq(kind),
        /// How it stands.
        #[serde(skip_serializing_if = "Option::is_none", with = "word")]
        pub state: Option<CaseState> => |state| Column::State.eq(state),
        /// Where it came from.
        #[serde(skip_serializing_if = "Option::is_none", with = "word")]
        pub source: Option<CaseSource> => |source| Column::Source.eq(source),
        /// Recorded at or after this time.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub since: Option<DateTime<Utc>> => |time| Column::CreatedAt.gte(time),
        /// Recorded before this time.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub until: Option<DateTime<Utc>> => |time| Column::CreatedAt.lt(time),
        /// Part of the reason, in any case of its letters (on `SQLite`: of ASCII letters).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reason: Option<String> => |part| dialect::contains_ignoring_case(Column::Reason, &part),
        /// In force or about to be.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        pub active: bool => |()| Column::State.is_in([CaseState::Pending, CaseState::Active]),
        /// Leaves out notes, which their target may not see.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        pub without_notes: bool => |()| Column::Kind.ne(CaseKind::Note),
    }
}

impl CaseFilter {
    /// Whether every case passes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
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
