//! All settings together, and how they are loaded.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;

use crate::entry::{Entry, reference};
use crate::layers::Layers;
use crate::reader::Reader;
use crate::secret::MASK;
use crate::section::{Root, Section};
use crate::{
    Bot, Database, Discord, Environment, Error, Http, Log, Operators, Origin, Problem, Scheduler,
    Secrets,
};

const DEFAULT_PATH: &str = "rookery.toml";
const PATH_VARIABLE: &str = "ROOKERY_CONFIG";

/// All settings of a process.
///
/// `Default` holds the defaults of every key, untouched by file and environment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// Where this process runs.
    pub environment: Environment,
    /// How the bot reaches Discord.
    pub discord: Discord,
    /// Who may run the bot from inside Discord.
    pub operators: Operators,
    /// What holds in a guild that has changed nothing.
    pub bot: Bot,
    /// Where the data is.
    pub database: Database,
    /// The workers that carry out obligations.
    pub scheduler: Scheduler,
    /// What supervisors and Prometheus ask.
    pub http: Http,
    /// What the process writes about itself.
    pub log: Log,
    /// The key that signs buttons.
    pub secrets: Secrets,
    origins: BTreeMap<&'static str, Origin>,
}

/// One setting as it is in force.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Effective {
    /// The description.
    pub entry: Entry,
    /// The value in TOML, masked when it is a secret that somebody set; `None` is unset.
    pub value: Option<String>,
    /// Where it was found.
    pub origin: Origin,
}

impl Settings {
    /// Loads the settings from `rookery.toml` (or the file that `ROOKERY_CONFIG` names) and the environment.
    ///
    /// Without `ROOKERY_CONFIG`, a missing file is an empty one.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when the file cannot be read, [`Error::Syntax`] when it is not TOML, and
    /// [`Error::Invalid`] with everything that is wrong in it and in the environment.
    pub fn load() -> Result<Self, Error> {
        let env = environment()?;
        let named = env.get(PATH_VARIABLE).filter(|path| !path.is_empty());
        let path = PathBuf::from(named.map_or(DEFAULT_PATH, String::as_str));
        let file = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => None,
            Err(source) => return Err(Error::Unreadable { path, source }),
        };
        Self::from_layers(&Layers::new(path, file.as_deref(), env.into_iter())?)
    }

    /// The settings that follow from the text of a configuration file and a set of variables.
    ///
    /// Files that hold secrets are still read from the disk.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn from_parts(
        file: Option<&str>,
        env: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Error> {
        Self::from_layers(&Layers::new(DEFAULT_PATH.into(), file, env)?)
    }

    fn from_layers(layers: &Layers) -> Result<Self, Error> {
        let entries = reference();
        let mut reader = Reader::new(layers, &entries);
        let mut settings = Self {
            environment: Root::read(&mut reader).environment,
            discord: Discord::read(&mut reader),
            operators: Operators::read(&mut reader),
            bot: Bot::read(&mut reader),
            database: Database::read(&mut reader),
            scheduler: Scheduler::read(&mut reader),
            http: Http::read(&mut reader),
            log: Log::read(&mut reader),
            secrets: Secrets::read(&mut reader),
            origins: BTreeMap::new(),
        };
        if !reader.problems.is_empty() {
            return Err(Error::Invalid(reader.problems));
        }
        settings.origins = reader.origins;
        Ok(settings)
    }

    /// Every setting as it is in force, in the order of the example file; no secret among the values.
    pub fn effective(&self) -> Vec<Effective> {
        let root = Root {
            environment: self.environment,
        };
        let values = [
            root.render(),
            self.discord.render(),
            self.operators.render(),
            self.bot.render(),
            self.database.render(),
            self.scheduler.render(),
            self.http.render(),
            self.log.render(),
            self.secrets.render(),
        ];
        reference()
            .into_iter()
            .zip(values.into_iter().flatten())
            .map(|(entry, value)| Effective {
                origin: self
                    .origins
                    .get(entry.key)
                    .cloned()
                    .unwrap_or(Origin::Default),
                // Compared with the default rather than trusting the origin: the fields are public.
                value: value.map(|value| match &entry.default {
                    Some(default) if *default == value => value,
                    _ if entry.secret => format!("\"{MASK}\""),
                    _ => value,
                }),
                entry,
            })
            .collect()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            environment: Root::default().environment,
            discord: Discord::default(),
            operators: Operators::default(),
            bot: Bot::default(),
            database: Database::default(),
            scheduler: Scheduler::default(),
            http: Http::default(),
            log: Log::default(),
            secrets: Secrets::default(),
            origins: BTreeMap::new(),
        }
    }
}

/// The environment. Variables of others may hold anything; ours must be text.
fn environment() -> Result<BTreeMap<String, String>, Error> {
    let ours = |name: &str| {
        ["ROOKERY", "DISCORD_", "DATABASE_URL"]
            .iter()
            .any(|p| name.starts_with(p))
    };
    let mut variables = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, value) in env::vars_os() {
        let Ok(name) = name.into_string() else {
            continue;
        };
        match value.into_string() {
            Ok(value) => drop(variables.insert(name, value)),
            Err(_) if ours(&name) => problems.push(Problem::NotUnicode { name }),
            Err(_) => {}
        }
    }
    if problems.is_empty() {
        Ok(variables)
    } else {
        Err(Error::Invalid(problems))
    }
}
