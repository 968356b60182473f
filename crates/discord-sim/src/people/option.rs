//! The options of a slash command: `option:value`, checked as the client checks them.
//!
//! The types: <https://discord.com/developers/docs/interactions/application-commands>.

use serde_json::{Map, Value, json};

use super::Standing;
use crate::mention::{self, Mention};
use crate::payload::role_json;
use crate::refusal::Refusal;
use crate::state::{Channel, State};

/// The options that were typed so far.
pub(super) struct Typed<'a> {
    command: String,
    specs: &'a [Value],
    values: Vec<Value>,
    /// The users, members, roles and channels that values name, as Discord sends them along.
    resolved: Value,
}

impl<'a> Typed<'a> {
    /// Begins with none; `level` is the command or sub-command that has the options.
    pub(super) fn new(command: String, level: &'a Value) -> Self {
        let specs = level["options"].as_array().map_or(&[][..], Vec::as_slice);
        Self {
            command,
            specs,
            values: Vec::new(),
            resolved: json!({}),
        }
    }

    fn names(&self) -> Vec<String> {
        let names = self.specs.iter().filter_map(|spec| spec["name"].as_str());
        names.map(str::to_owned).collect()
    }

    /// Takes one word. Of an option that the bot completes, one of the choices that the person was
    /// offered last is taken by its name.
    pub(super) fn add(
        &mut self,
        state: &State,
        standing: Standing,
        word: &str,
    ) -> Result<(), Refusal> {
        let guild = state.channel(standing.channel)?.guild();
        let Some((name, value)) = word.split_once(':') else {
            let (command, text) = (self.command.clone(), word.to_owned());
            return Err(Refusal::NotAnOption {
                command,
                text,
                known: self.names(),
            });
        };
        let Some(spec) = self.specs.iter().find(|spec| spec["name"] == name) else {
            let (command, option) = (self.command.clone(), name.to_owned());
            return Err(Refusal::UnknownOption {
                command,
                option,
                known: self.names(),
            });
        };
        if self.values.iter().any(|known| known["name"] == name) {
            return Err(Refusal::TwiceGiven {
                option: name.to_owned(),
            });
        }
        let offered = state.interactions.offered.get(&standing.user);
        let mut offered = offered.into_iter().flatten();
        let picked = offered.find(|choice| spec["autocomplete"] == true && choice["name"] == value);
        if let Some(picked) = picked {
            let value = picked["value"].clone();
            self.values
                .push(json!({"type": spec["type"], "name": name, "value": value}));
            return Ok(());
        }
        let parsed = state.option_value(guild, spec, value, &mut self.resolved);
        let parsed = parsed.map_err(|expected| Refusal::BadValue {
            option: name.to_owned(),
            value: value.to_owned(),
            expected,
        })?;
        self.values
            .push(json!({"type": spec["type"], "name": name, "value": parsed}));
        Ok(())
    }

    /// The option that is being typed, which the bot completes. What stands in it so far is sent as
    /// text, whatever the type of the option.
    pub(super) fn focused(&self, word: &str) -> Result<Value, Refusal> {
        let completed = |spec: &&Value| spec["autocomplete"] == true;
        let (name, value) = word.split_once(':').unwrap_or((word, ""));
        let spec = self.specs.iter().find(|spec| spec["name"] == name);
        let Some(spec) = spec.filter(completed) else {
            let names = self
                .specs
                .iter()
                .filter(completed)
                .map(|spec| &spec["name"]);
            return Err(Refusal::NoCompletion {
                command: self.command.clone(),
                option: name.to_owned(),
                known: names.filter_map(Value::as_str).map(str::to_owned).collect(),
            });
        };
        Ok(json!({"type": spec["type"], "name": name, "value": value, "focused": true}))
    }

    /// The values and what they name, also when some are missing.
    pub(super) fn so_far(self) -> (Vec<Value>, Value) {
        (self.values, self.resolved)
    }

    /// The values and what they name, when nothing is missing.
    pub(super) fn finish(self) -> Result<(Vec<Value>, Value), Refusal> {
        let given = |spec: &Value| {
            self.values
                .iter()
                .any(|value| value["name"] == spec["name"])
        };
        let needed = self
            .specs
            .iter()
            .filter(|spec| spec["required"] == true && !given(spec));
        let missing: Vec<String> = needed
            .filter_map(|spec| spec["name"].as_str())
            .map(str::to_owned)
            .collect();
        if missing.is_empty() {
            Ok((self.values, self.resolved))
        } else {
            Err(Refusal::MissingOption {
                command: self.command,
                missing,
            })
        }
    }
}

impl State {
    /// A typed value as the bot gets it, or what is expected instead.
    fn option_value(
        &self,
        guild: Option<u64>,
        spec: &Value,
        text: &str,
        resolved: &mut Value,
    ) -> Result<Value, String> {
        let value = match spec["type"].as_u64() {
            Some(3) => json!(checked_text(spec, &self.with_mentions(text))?),
            Some(4) => json!(
                text.parse::<i64>()
                    .map_err(|_| "a whole number".to_owned())?
            ),
            Some(5) => json!(
                text.parse::<bool>()
                    .map_err(|_| "true or false".to_owned())?
            ),
            Some(10) => {
                let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
                json!(number.ok_or("a number")?)
            }
            Some(kind @ (6..=9)) => {
                let id = self.mentionable(guild, kind, text, resolved)?;
                if let Some(channel) = self.channels.get(&id).filter(|_| kind == 7) {
                    check_channel_type(spec, channel)?;
                }
                return Ok(json!(id.to_string()));
            }
            Some(11) => return Err("a file, which this simulator's people do not have".to_owned()),
            _ => return Err("a type of option that this simulator does not have".to_owned()),
        };
        check_choice(spec, &value, text)?;
        check_range(spec, &value)?;
        Ok(spec_choice(spec, text).unwrap_or(value))
    }

    /// The id that a mention, a name or a number stands for: of a user (6), a channel (7), a role
    /// (8), or a user or role (9). What it stands for is sent along.
    pub(super) fn mentionable(
        &self,
        guild: Option<u64>,
        kind: u64,
        text: &str,
        resolved: &mut Value,
    ) -> Result<u64, String> {
        let written = self.with_mentions(text);
        let found = mention::parse(&written).or_else(|| self.bare(kind, text));
        match found {
            Some(Mention::User(id)) if matches!(kind, 6 | 9) && self.users.contains_key(&id) => {
                self.resolve_user(guild, id, resolved);
                Ok(id)
            }
            Some(Mention::Role(id)) if matches!(kind, 8 | 9) => {
                let role = guild.and_then(|guild| self.role(guild, id).ok());
                let role = role.ok_or("a role of this server, as @name")?;
                put(resolved, "roles", id, role_json(role));
                Ok(id)
            }
            Some(Mention::Channel(id)) if kind == 7 => {
                let channel = self
                    .channels
                    .get(&id)
                    .filter(|channel| channel.guild() == guild);
                let channel = channel.ok_or("a channel of this server, as #name")?;
                let mut json = self.channel_json(channel);
                let bits = self.bits_in(self.bot_id, channel);
                json["permissions"] = json!(bits.to_string());
                put(resolved, "channels", id, json);
                Ok(id)
            }
            _ => Err(match kind {
                6 => "a person, as @name",
                7 => "a channel, as #name",
                8 => "a role, as @name",
                _ => "a person or a role, as @name",
            }
            .to_owned()),
        }
    }

    /// A name without its sign, or an id.
    fn bare(&self, kind: u64, text: &str) -> Option<Mention> {
        let id = text.parse::<u64>().ok();
        match kind {
            7 => id
                .or_else(|| self.channel_named(text))
                .map(Mention::Channel),
            8 => id
                .or_else(|| self.role_named(text).map(|(_, id)| id))
                .map(Mention::Role),
            _ => id.or_else(|| self.user_named(text)).map(Mention::User),
        }
    }
}

fn put(resolved: &mut Value, kind: &str, id: u64, value: Value) {
    if resolved.get(kind).is_none() {
        resolved[kind] = Value::Object(Map::new());
    }
    resolved[kind][id.to_string()] = value;
}

/// Whether an option or a menu takes channels of this kind.
pub(super) fn check_channel_type(spec: &Value, channel: &Channel) -> Result<(), String> {
    let types = spec["channel_types"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let fits = types.iter().any(|kind| *kind == channel.type_number());
    if types.is_empty() || fits {
        return Ok(());
    }
    Err("a channel of another kind".to_owned())
}

fn checked_text(spec: &Value, text: &str) -> Result<String, String> {
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let (min, max) = (spec["min_length"].as_u64(), spec["max_length"].as_u64());
    let (min, max) = (min.unwrap_or(0), max.unwrap_or(6_000));
    if length < min || length > max {
        return Err(format!("a text of {min} to {max} characters, not {length}"));
    }
    Ok(text.to_owned())
}

/// The value of the choice of this name.
fn spec_choice(spec: &Value, text: &str) -> Option<Value> {
    let mut choices = spec["choices"].as_array()?.iter();
    choices
        .find(|choice| choice["name"] == text)
        .map(|choice| choice["value"].clone())
}

/// A value must be one of the choices when there are any, by name or by value.
fn check_choice(spec: &Value, value: &Value, text: &str) -> Result<(), String> {
    let choices = spec["choices"].as_array().map_or(&[][..], Vec::as_slice);
    let fits = choices
        .iter()
        .any(|choice| choice["name"] == text || choice["value"] == *value);
    if choices.is_empty() || fits {
        return Ok(());
    }
    let names: Vec<&str> = choices
        .iter()
        .filter_map(|choice| choice["name"].as_str())
        .collect();
    Err(format!("one of {}", names.join(", ")))
}

fn check_range(spec: &Value, value: &Value) -> Result<(), String> {
    let Some(number) = value.as_f64() else {
        return Ok(());
    };
    let (min, max) = (spec["min_value"].as_f64(), spec["max_value"].as_f64());
    match (min, max) {
        (Some(min), _) if number < min => Err(format!("at least {min}")),
        (_, Some(max)) if number > max => Err(format!("at most {max}")),
        _ => Ok(()),
    }
}
