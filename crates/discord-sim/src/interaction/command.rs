//! Commands as the bot registered them.

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::limits;

/// All registered commands, of every guild and of none.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    pub(crate) all: Vec<Command>,
}

/// A registered command.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) id: u64,
    /// The only guild that has it; nothing for everywhere.
    pub(crate) guild: Option<u64>,
    /// The command in Discord's form, complete.
    pub(crate) spec: Value,
}

/// The kind of a command that is typed after a slash.
pub(crate) const CHAT_INPUT: u64 = 1;
/// The kind of a command in the menu of a person.
pub(crate) const USER_MENU: u64 = 2;
/// The kind of a command in the menu of a message.
pub(crate) const MESSAGE_MENU: u64 = 3;

impl Command {
    pub(crate) fn name(&self) -> &str {
        self.spec["name"].as_str().unwrap_or_default()
    }

    pub(crate) fn kind(&self) -> u64 {
        self.spec["type"].as_u64().unwrap_or(CHAT_INPUT)
    }
}

impl Commands {
    pub(crate) fn in_scope(&self, guild: Option<u64>) -> impl Iterator<Item = &Command> {
        self.all
            .iter()
            .filter(move |command| command.guild == guild)
    }

    /// The commands of a kind that someone sees in a guild or, with nothing, in a conversation with
    /// the bot. A guild's own command hides the general one of its name.
    pub(crate) fn seen_in(&self, guild: Option<u64>, kind: u64) -> Vec<&Command> {
        let own: Vec<&Command> = match guild {
            Some(_) => self.in_scope(guild).collect(),
            None => Vec::new(),
        };
        let allowed = |c: &&Command| guild.is_some() || c.spec["dm_permission"] != false;
        let hidden = |c: &&Command| {
            own.iter()
                .any(|o| o.name() == c.name() && o.kind() == c.kind())
        };
        let general = self.in_scope(None).filter(allowed).filter(|c| !hidden(c));
        let mut seen: Vec<&Command> = own.iter().copied().chain(general).collect();
        seen.retain(|command| command.kind() == kind);
        seen.sort_by(|a, b| a.name().cmp(b.name()));
        seen
    }

    /// Registers a command, in place of one of the same name and kind.
    pub(crate) fn put(&mut self, command: Command) {
        let same = |known: &Command| {
            known.guild == command.guild
                && known.name() == command.name()
                && known.kind() == command.kind()
        };
        match self.all.iter_mut().find(|known| same(known)) {
            Some(known) => *known = command,
            None => self.all.push(command),
        }
    }
}

/// Checks a command as Discord does when it is registered. `path` leads errors to it.
pub(crate) fn check(path: &str, spec: &Value) -> Result<(), ApiError> {
    let at = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    let slash = spec["type"].as_u64().unwrap_or(CHAT_INPUT) == CHAT_INPUT;
    let name = spec["name"].as_str().unwrap_or_default();
    check_name(&at("name"), name, slash)?;
    let description = spec["description"]
        .as_str()
        .unwrap_or_default()
        .chars()
        .count();
    if slash && description == 0 {
        return Err(ApiError::required(&at("description")));
    }
    if description > limits::COMMAND_DESCRIPTION {
        return Err(ApiError::too_long(
            &at("description"),
            limits::COMMAND_DESCRIPTION,
        ));
    }
    check_options(&at("options"), spec)?;
    if total(spec) > limits::COMMAND_TOTAL {
        let message = format!("Command exceeds maximum size ({}).", limits::COMMAND_TOTAL);
        return Err(ApiError::invalid(
            &at("name"),
            "APPLICATION_COMMAND_TOO_LARGE",
            message,
        ));
    }
    Ok(())
}

fn check_name(path: &str, name: &str, slash: bool) -> Result<(), ApiError> {
    let length = name.chars().count();
    if length == 0 || length > limits::COMMAND_NAME {
        let message = format!("Must be between 1 and {} in length.", limits::COMMAND_NAME);
        return Err(ApiError::invalid(path, "BASE_TYPE_BAD_LENGTH", message));
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    if slash && (!name.chars().all(plain) || name.to_lowercase() != name) {
        let message = "Command name is invalid";
        return Err(ApiError::invalid(
            path,
            "APPLICATION_COMMAND_INVALID_NAME",
            message,
        ));
    }
    Ok(())
}

fn check_options(path: &str, parent: &Value) -> Result<(), ApiError> {
    let options = match &parent["options"] {
        Value::Null => &[][..],
        Value::Array(options) => options.as_slice(),
        _ => {
            let message = "Only iterables may be used in a ListType";
            return Err(ApiError::invalid(path, "LIST_TYPE_CONVERT", message));
        }
    };
    if options.len() > limits::COMMAND_OPTIONS {
        return Err(ApiError::too_long(path, limits::COMMAND_OPTIONS));
    }
    let mut optional_seen = false;
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.{index}");
        check_name(
            &format!("{path}.name"),
            option["name"].as_str().unwrap_or_default(),
            true,
        )?;
        let description = option["description"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .count();
        if description == 0 || description > limits::COMMAND_DESCRIPTION {
            let message = format!(
                "Must be between 1 and {} in length.",
                limits::COMMAND_DESCRIPTION
            );
            let path = format!("{path}.description");
            return Err(ApiError::invalid(&path, "BASE_TYPE_BAD_LENGTH", message));
        }
        if options[..index]
            .iter()
            .any(|other| other["name"] == option["name"])
        {
            let message = "Option name must be unique";
            let code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS";
            return Err(ApiError::invalid(&path, code, message));
        }
        if !matches!(option["type"].as_u64(), Some(1..=11)) {
            let message =
                "Value of field \"type\" must be one of (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).";
            let path = format!("{path}.type");
            return Err(ApiError::invalid(&path, "UNION_TYPE_CHOICES", message));
        }
        let choices = option["choices"].as_array().map_or(0, Vec::len);
        if choices > limits::CHOICES {
            return Err(ApiError::too_long(
                &format!("{path}.choices"),
                limits::CHOICES,
            ));
        }
        let required = option["required"] == true;
        if required && optional_seen {
            let message = "Required options must be placed before non-required options";
            let code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID";
            return Err(ApiError::invalid(&path, code, message));
        }
        optional_seen |= !required;
        check_options(&format!("{path}.options"), option)?;
    }
    Ok(())
}

/// The characters that count towards a command's size.
fn total(spec: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let list = |key: &str| spec[key].as_array().into_iter().flatten();
    let choices = list("choices").map(|choice| length(&choice["name"]) + length(&choice["value"]));
    let options = list("options").map(total);
    length(&spec["name"]) + length(&spec["description"]) + choices.chain(options).sum::<usize>()
}

/// What a bot registered, with everything that Discord fills in.
pub(crate) fn complete(spec: &Value, id: u64, version: u64, app: u64, guild: Option<u64>) -> Value {
    let mut full = json!({
        "id": id.to_string(),
        "application_id": app.to_string(),
        "version": version.to_string(),
        "default_member_permissions": null,
        "type": CHAT_INPUT,
        "name": "",
        "name_localizations": null,
        "description": "",
        "description_localizations": null,
        "dm_permission": true,
        "contexts": null,
        "integration_types": [0],
        "nsfw": false,
        "options": [],
    });
    if let (Some(full), Some(spec)) = (full.as_object_mut(), spec.as_object()) {
        for (key, value) in spec {
            let own = matches!(key.as_str(), "id" | "application_id" | "version");
            let absent = key == "options" && value.is_null();
            if !(own || absent) {
                full.insert(key.clone(), without_nulls(value));
            }
        }
    }
    if let Some(guild) = guild {
        full["guild_id"] = json!(guild.to_string());
    }
    full
}

/// Options as Discord answers them: what was null is absent.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), without_nulls(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}
