//! The sections of `rookery.toml`, one file each.

mod bot;
mod database;
mod discord;
mod http;
mod log;
mod operators;
mod root;
mod scheduler;
mod secrets;

pub use bot::{Bot, is_prefix};
pub use database::Database;
pub use discord::Discord;
pub use http::Http;
pub use log::{Log, LogFormat};
pub use operators::Operators;
pub use root::Environment;
pub(crate) use root::Root;
pub use scheduler::Scheduler;
pub use secrets::Secrets;

use crate::entry::Entry;
use crate::reader::Reader;

/// What `section!` writes for each section.
pub(crate) trait Section {
    /// The descriptions, in the order of the fields.
    fn entries() -> Vec<Entry>;

    /// Takes each value from the highest layer that has it; problems stay with the reader.
    fn read(reader: &mut Reader<'_>) -> Self;

    /// The values in TOML, secrets included, in the order of [`Section::entries`]; `None` is unset.
    fn render(&self) -> Vec<Option<String>>;
}

/// The descriptions of all sections, in the order of the example file.
pub(crate) fn sections() -> [Vec<Entry>; 9] {
    [
        Root::entries(),
        Discord::entries(),
        Operators::entries(),
        Bot::entries(),
        Database::entries(),
        Scheduler::entries(),
        Http::entries(),
        Log::entries(),
        Secrets::entries(),
    ]
}

/// Declares a section once: the struct, its defaults, its descriptions and how it is read.
///
/// `env "NAME"` adds a short variable name; `only "what" if check` refuses some values of the type.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $visibility:vis struct $section:ident($prefix:literal) {
            $(
                $(#[doc = $doc:literal])+
                $field:ident: $type:ty = $default:expr
                    $(, env $env:literal)?
                    $(, only $expected:literal if $check:expr)?;
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        $visibility struct $section {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl Default for $section {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl $crate::section::Section for $section {
            fn entries() -> Vec<$crate::entry::Entry> {
                let defaults = Self::default();
                vec![$($crate::entry::Entry {
                    key: concat!($prefix, stringify!($field)),
                    doc: [$($doc),+].map(str::trim).join("\n"),
                    expected: [$($expected,)? <$type as $crate::value::Value>::EXPECTED][0],
                    default: $crate::value::Value::to_toml(&defaults.$field),
                    short_env: None$(.or(Some($env)))?,
                    secret: <$type as $crate::value::Value>::SECRET,
                },)+]
            }

            fn read(reader: &mut $crate::reader::Reader<'_>) -> Self {
                let defaults = Self::default();
                Self {
                    $($field: reader.read(
                        concat!($prefix, stringify!($field)),
                        defaults.$field,
                        {
                            let check: Option<fn(&$type) -> bool> = None$(.or(Some($check)))?;
                            check
                        },
                    ),)+
                }
            }

            fn render(&self) -> Vec<Option<String>> {
                vec![$($crate::value::Value::to_toml(&self.$field),)+]
            }
        }
    };
}
use section;
