//! What was written where: the configuration file and the environment, before any value is read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::entry::{Entry, long_env};
use crate::{Error, Origin, Problem};

const LONG_PREFIX: &str = "ROOKERY__";

/// The configuration file and the environment.
pub(crate) struct Layers {
    path: PathBuf,
    /// The leaves of the file by their full key.
    file: BTreeMap<String, toml::Value>,
    /// Variables with a value; an empty one counts as not set.
    env: BTreeMap<String, String>,
}

/// A value before it is read.
pub(crate) enum Raw<'a> {
    Toml(&'a toml::Value),
    Text(&'a str),
}

impl Layers {
    pub(crate) fn new(
        path: PathBuf,
        file: Option<&str>,
        env: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Error> {
        let text = file.unwrap_or_default();
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => return Err(syntax(path, text, &error)),
        };
        let mut leaves = BTreeMap::new();
        for (key, value) in table {
            flatten(key, value, &mut leaves);
        }
        let env = env.filter(|(_, value)| !value.is_empty()).collect();
        Ok(Self {
            path,
            file: leaves,
            env,
        })
    }

    /// What the configuration file says about `key`.
    pub(crate) fn in_file(&self, key: &str) -> Option<(Raw<'_>, Origin)> {
        let value = self.file.get(key)?;
        Some((Raw::Toml(value), Origin::File(self.path.clone())))
    }

    /// What the environment says about `key`, by its systematic or its short name.
    pub(crate) fn in_env(
        &self,
        key: &'static str,
        short: Option<&str>,
        suffix: &str,
    ) -> Result<Option<(&str, Origin)>, Problem> {
        let find = |name: String| self.env.get(&name).map(|value| (value.as_str(), name));
        let long = find(long_env(key) + &suffix.to_ascii_uppercase());
        let short = short.and_then(|name| find(name.to_owned() + &suffix.to_ascii_uppercase()));
        match (long, short) {
            (Some((_, long)), Some((_, short))) => Err(Problem::SetTwice { key, short, long }),
            (found, None) | (None, found) => {
                Ok(found.map(|(value, name)| (value, Origin::Environment(name))))
            }
        }
    }

    /// Everything written that no setting reads.
    pub(crate) fn unknown(&self, entries: &[Entry]) -> Vec<Problem> {
        let known: Vec<String> = entries
            .iter()
            .flat_map(|entry| [Some(entry.key.to_owned()), entry.file_key()])
            .flatten()
            .collect();
        let is_known = |key: &str| known.iter().any(|known| known == key);

        let in_file =
            self.file
                .keys()
                .filter(|key| !is_known(key))
                .map(|key| Problem::UnknownKey {
                    key: key.clone(),
                    path: self.path.clone(),
                    suggestion: nearest(key, &known).cloned(),
                });
        let in_env = self.env.keys().filter_map(|name| {
            let key = name
                .strip_prefix(LONG_PREFIX)?
                .to_ascii_lowercase()
                .replace("__", ".");
            // The way back decides: `Rookery__…` or a lower-case name is never looked up.
            let read = is_known(&key) && long_env(&key) == *name;
            (!read).then(|| Problem::UnknownVariable {
                name: name.clone(),
                suggestion: nearest(&key, &known).map(|key| long_env(key)),
            })
        });
        in_file.chain(in_env).collect()
    }
}

/// An empty table has no leaves and so says nothing; that is right for a section with all lines commented out.
fn flatten(key: String, value: toml::Value, leaves: &mut BTreeMap<String, toml::Value>) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                flatten(format!("{key}.{name}"), value, leaves);
            }
        }
        leaf => {
            leaves.insert(key, leaf);
        }
    }
}

/// The known key that is a slip or two away from `key`, or has the same name in another section.
fn nearest<'a>(key: &str, known: &'a [String]) -> Option<&'a String> {
    let name = |key: &str| key.rsplit('.').next().map(str::to_owned);
    known
        .iter()
        .map(|candidate| (strsim::osa_distance(key, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2 || name(key) == name(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The parser's own message shows the line, which may hold a secret; place and expectation are enough.
fn syntax(path: PathBuf, text: &str, error: &toml::de::Error) -> Error {
    let before = error
        .span()
        .and_then(|span| text.get(..span.start))
        .unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Error::Syntax {
        path,
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message: error.message().to_owned(),
    }
}
