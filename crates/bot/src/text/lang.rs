//! Languages.

use unic_langid::LanguageIdentifier;

/// A language, perhaps with a region: `en`, `de`, `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub(super) LanguageIdentifier);

impl Lang {
    /// English, which has every text.
    pub fn english() -> Self {
        // The one code that is known to be good; the default of the library is no language at all.
        Self("en".parse().unwrap_or_default())
    }

    /// The language with this code, as Discord and the settings write it; `None` when it is not a language code.
    ///
    /// Whether there are texts in it is another question: see [`Texts::languages`](super::Texts::languages).
    pub fn parse(code: &str) -> Option<Self> {
        code.parse().ok().map(Self)
    }

    /// The same language without its region.
    pub(super) fn without_region(&self) -> Self {
        Self(LanguageIdentifier::from_parts(
            self.0.language,
            None,
            None,
            &[],
        ))
    }
}

impl Default for Lang {
    fn default() -> Self {
        Self::english()
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
