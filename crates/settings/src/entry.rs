//! A setting's description of itself: the one source of the examples, the reference and the messages.

use crate::section::sections;

/// The description of one setting.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry {
    /// Full key, such as `database.pool_max`.
    pub key: &'static str,
    /// Documentation, one line per line, without markup beyond backticks.
    pub doc: String,
    /// What a value must be, as the messages say it ("a duration such as …").
    pub expected: &'static str,
    /// The default in TOML; `None` when the setting is unset unless somebody sets it.
    pub default: Option<String>,
    /// The variable with a short name, such as `DATABASE_URL`.
    pub short_env: Option<&'static str>,
    /// Whether the value is masked wherever it is shown.
    pub secret: bool,
}

impl Entry {
    /// The systematic name of the variable: `ROOKERY__DATABASE__POOL_MAX`.
    pub fn long_env(&self) -> String {
        long_env(self.key)
    }

    /// The name of the variable that the documentation shows: the short one where there is one.
    pub fn env(&self) -> String {
        self.short_env
            .map_or_else(|| self.long_env(), str::to_owned)
    }

    /// For a secret, the key that names a file which holds it: `discord.token_file`.
    pub fn file_key(&self) -> Option<String> {
        self.secret.then(|| format!("{}_file", self.key))
    }

    /// The section, or `None` for a key at the top of the file.
    pub fn section(&self) -> Option<&'static str> {
        self.key.rsplit_once('.').map(|(section, _)| section)
    }

    /// The key inside its section.
    pub fn name(&self) -> &'static str {
        self.key.rsplit_once('.').map_or(self.key, |(_, name)| name)
    }
}

/// Every setting, in the order of the example file.
pub fn reference() -> Vec<Entry> {
    sections().into_iter().flatten().collect()
}

pub(crate) fn long_env(key: &str) -> String {
    format!("ROOKERY__{}", key.to_ascii_uppercase().replace('.', "__"))
}
