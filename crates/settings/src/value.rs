//! The types that a setting can have.

mod duration;
mod list;
mod listen;
mod scalar;
mod timeout;

pub use listen::Listen;
pub use timeout::Timeout;

/// A type that a setting can have.
pub(crate) trait Value: Sized {
    /// What a value must be, for messages and the reference: "expected …".
    const EXPECTED: &'static str;

    /// Whether values are masked wherever they are shown.
    const SECRET: bool = false;

    /// Reads the text of an environment variable or a secret file.
    fn from_text(text: &str) -> Option<Self>;

    /// Reads a value of the configuration file: a string, unless the type has a form of its own in TOML.
    fn from_toml(value: &toml::Value) -> Option<Self> {
        value.as_str().and_then(Self::from_text)
    }

    /// Writes the value as [`Value::from_toml`] reads it, secrets included; `None` is unset.
    fn to_toml(&self) -> Option<String>;
}

impl<T: Value> Value for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const SECRET: bool = T::SECRET;

    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Some)
    }

    fn from_toml(value: &toml::Value) -> Option<Self> {
        T::from_toml(value).map(Some)
    }

    fn to_toml(&self) -> Option<String> {
        self.as_ref().and_then(T::to_toml)
    }
}

/// `text` as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Declares an enum of words, and how it is read and written.
macro_rules! value_enum {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident {
            $(#[doc = $first_doc:literal])+
            $first:ident = $first_word:literal,
            $(
                $(#[doc = $doc:literal])+
                $variant:ident = $word:literal,
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = $first_doc])+
            $first,
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $crate::value::Value for $name {
            const EXPECTED: &'static str = concat!("\"", $first_word, "\"", $(" or \"", $word, "\""),+);

            fn from_text(text: &str) -> Option<Self> {
                match text {
                    $first_word => Some(Self::$first),
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            fn to_toml(&self) -> Option<String> {
                let word = match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word,)+
                };
                Some(format!("\"{word}\""))
            }
        }
    };
}
pub(crate) use value_enum;
