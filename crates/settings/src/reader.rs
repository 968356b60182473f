//! Takes each value from the highest layer that has it, and keeps what was wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::entry::Entry;
use crate::layers::{Layers, Raw};
use crate::value::Value;
use crate::{Origin, Problem};

/// Reads settings out of the layers.
///
/// A problem does not stop the reading, so that a person sees all of them at once; the values are good only when
/// [`Reader::problems`] is empty.
pub(crate) struct Reader<'a> {
    layers: &'a Layers,
    entries: &'a [Entry],
    pub(crate) origins: BTreeMap<&'static str, Origin>,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(layers: &'a Layers, entries: &'a [Entry]) -> Self {
        Self {
            layers,
            entries,
            origins: BTreeMap::new(),
            problems: layers.unknown(entries),
        }
    }

    /// The value of `key`, or `default` when no layer has it.
    pub(crate) fn read<T: Value>(
        &mut self,
        key: &'static str,
        default: T,
        check: Option<fn(&T) -> bool>,
    ) -> T {
        match self.find(key, check) {
            Ok(Some((value, origin))) => {
                self.origins.insert(key, origin);
                value
            }
            Ok(None) => default,
            Err(problem) => {
                self.problems.push(problem);
                default
            }
        }
    }

    fn find<T: Value>(
        &self,
        key: &'static str,
        check: Option<fn(&T) -> bool>,
    ) -> Result<Option<(T, Origin)>, Problem> {
        let Some(entry) = self.entries.iter().find(|entry| entry.key == key) else {
            return Ok(None);
        };
        let fit = |raw: &Raw<'_>, origin: Origin| {
            let value = match raw {
                Raw::Toml(value) => T::from_toml(value),
                Raw::Text(text) => T::from_text(text),
            };
            match value.filter(|value| check.is_none_or(|check| check(value))) {
                Some(value) => Ok(Some((value, origin))),
                None => Err(Problem::Unfit {
                    key,
                    origin,
                    expected: entry.expected,
                    found: kind(raw),
                }),
            }
        };

        if let Some((text, origin)) = self.layers.in_env(key, entry.short_env, "")? {
            return fit(&Raw::Text(text), origin);
        }
        if let Some(path) = self.secret_file(entry)? {
            let text = fs::read_to_string(&path).map_err(|source| Problem::SecretFile {
                key,
                path: path.clone(),
                source,
            })?;
            return fit(&Raw::Text(text.trim()), Origin::SecretFile(path));
        }
        match self.layers.in_file(key) {
            Some((raw, origin)) => fit(&raw, origin),
            None => Ok(None),
        }
    }

    /// The file that holds the secret `entry`, when one is named.
    fn secret_file(&self, entry: &Entry) -> Result<Option<PathBuf>, Problem> {
        let Some(file_key) = entry.file_key() else {
            return Ok(None);
        };
        // `secrets.key_file` is a setting of its own: the bot creates that file.
        if self.entries.iter().any(|other| other.key == file_key) {
            return Ok(None);
        }
        if let Some((path, _)) = self.layers.in_env(entry.key, entry.short_env, "_file")? {
            return Ok(Some(PathBuf::from(path)));
        }
        match self.layers.in_file(&file_key) {
            Some((raw @ Raw::Toml(value), origin)) => match value.as_str() {
                Some(path) => Ok(Some(Path::new(path).to_owned())),
                None => Err(Problem::Unfit {
                    key: entry.key,
                    origin,
                    expected: "the path of a file in its `_file` twin",
                    found: kind(&raw),
                }),
            },
            _ => Ok(None),
        }
    }
}

/// What kind of value is there, without the value.
fn kind(raw: &Raw<'_>) -> &'static str {
    match raw {
        Raw::Text("") => "nothing",
        Raw::Text(_) => "another text",
        Raw::Toml(value) => match value {
            toml::Value::String(text) if text.is_empty() => "an empty string",
            toml::Value::String(_) => "a string",
            toml::Value::Integer(_) => "a whole number",
            toml::Value::Float(_) => "a number with a fraction",
            toml::Value::Boolean(_) => "true or false",
            toml::Value::Datetime(_) => "a date or time",
            toml::Value::Array(_) => "a list",
            toml::Value::Table(_) => "a section",
        },
    }
}
