//! The words that a text column may hold, as enums.
//!
//! Each enum equals the CHECK of its columns, which a test asserts. A new word needs a migration
//! of the CHECK first.

mod attempt_outcome;
mod case_event_kind;
mod case_family;
mod case_kind;
mod case_source;
mod case_state;
mod config_source;
mod counter_key;
mod log_kind;
mod obligation_kind;
mod obligation_state;
mod permission_mode;
mod target_type;

pub use attempt_outcome::AttemptOutcome;
pub use case_event_kind::CaseEventKind;
pub use case_family::CaseFamily;
pub use case_kind::CaseKind;
pub use case_source::CaseSource;
pub use case_state::CaseState;
pub use config_source::ConfigSource;
pub use counter_key::CounterKey;
pub use log_kind::LogKind;
pub use obligation_kind::ObligationKind;
pub use obligation_state::ObligationState;
pub use permission_mode::PermissionMode;
pub use target_type::TargetType;

/// Text that is none of the words of an enum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is no {of}")]
pub struct UnknownWord {
    /// The enum.
    pub of: &'static str,
    /// The text.
    pub word: String,
}

/// An enum that is stored as text. Each word is written once, beside its variant.
macro_rules! words {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $word:tt,)+ }
    ) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            sea_orm::EnumIter, sea_orm::DeriveActiveEnum,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$note])* #[sea_orm(string_value = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the specification.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::value::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word).ok_or_else(|| {
                    $crate::value::UnknownWord { of: stringify!($name), word: word.to_owned() }
                })
            }
        }
    };
}
use words;
