//! Using a slash command: the line is checked against what the bot has registered.

use serde_json::{Value, json};

use super::Standing;
use super::option::Typed;
use crate::interaction::Command;
use crate::interaction::command::CHAT_INPUT;
use crate::permissions::{self, USE_APPLICATION_COMMANDS};
use crate::refusal::Refusal;
use crate::shown::{Shown, ShownKind};
use crate::state::State;
use crate::words;

/// A command as far as it was typed: which sub-command it is, and the words of its options.
pub(super) struct Called<'a> {
    /// The names of the command and its sub-commands.
    pub(super) path: String,
    levels: Vec<&'a Value>,
    /// The command or sub-command that has the options.
    pub(super) level: &'a Value,
    pub(super) rest: &'a [String],
}

impl State {
    pub(super) fn slash(&mut self, standing: Standing, text: &str) -> Result<(), Refusal> {
        let words = self.command_words(standing, text)?;
        let command = self.usable_command(standing, &words)?;
        let called = Called::find(&command, &words)?;
        let mut typed = Typed::new(called.path.clone(), called.level);
        for word in called.rest {
            typed.add(self, standing, word)?;
        }
        let (values, resolved) = typed.finish()?;
        let data = command_data(&command, &called.nest(values), resolved);
        let mut shown = Shown::new(ShownKind::Command);
        shown.author = Some(self.name_of(standing.user));
        shown.channel = self.shown_channel(standing.channel);
        shown.content = Some(format!("/{}", words.join(" ")));
        self.show(shown);
        self.ask(standing.asks(2), &data, None, Some(called.path))?;
        Ok(())
    }

    /// The words of a command line, for one who may use commands here.
    pub(super) fn command_words(
        &self,
        standing: Standing,
        text: &str,
    ) -> Result<Vec<String>, Refusal> {
        self.may(
            standing,
            USE_APPLICATION_COMMANDS,
            "use application commands",
        )?;
        let words = words::split(text, ' ').ok_or_else(|| Refusal::OpenQuote(text.to_owned()))?;
        Ok(words.into_iter().filter(|word| !word.is_empty()).collect())
    }

    /// The command that the first word names, when the person may use it.
    pub(super) fn usable_command(
        &self,
        standing: Standing,
        words: &[String],
    ) -> Result<Command, Refusal> {
        let guild = self.channel(standing.channel)?.guild();
        let command = self.find_command(guild, words)?;
        self.may_use(standing, command)?;
        Ok(command.clone())
    }

    fn find_command(&self, guild: Option<u64>, words: &[String]) -> Result<&Command, Refusal> {
        let seen = self.commands.seen_in(guild, CHAT_INPUT);
        let name = words.first().map_or("", String::as_str);
        seen.iter()
            .find(|command| command.name() == name)
            .copied()
            .ok_or_else(|| {
                let known = seen
                    .iter()
                    .map(|command| format!("/{}", command.name()))
                    .collect();
                Refusal::UnknownCommand {
                    name: name.to_owned(),
                    known,
                }
            })
    }

    /// Refuses a command that Discord hides from members without its default permissions.
    pub(super) fn may_use(&self, standing: Standing, command: &Command) -> Result<(), Refusal> {
        let needs = command.spec["default_member_permissions"].as_str();
        let Some(needs) = needs.and_then(|bits| bits.parse::<u64>().ok()) else {
            return Ok(());
        };
        let has = self.bits_in(standing.user, self.channel(standing.channel)?);
        // An empty set hides the command from everyone but administrators.
        let needs = if needs == 0 {
            permissions::ADMINISTRATOR
        } else {
            needs
        };
        let missing = permissions::names(needs & !has);
        if has & needs == needs {
            return Ok(());
        }
        Err(Refusal::HiddenCommand {
            name: command.name().to_owned(),
            missing: missing.into_iter().map(str::to_owned).collect(),
        })
    }
}

impl<'a> Called<'a> {
    /// Follows the words from a command to the sub-command that they name.
    pub(super) fn find(command: &'a Command, words: &'a [String]) -> Result<Self, Refusal> {
        let mut path = command.name().to_owned();
        let mut level = &command.spec;
        let mut rest = words.get(1..).unwrap_or_default();
        let mut levels = Vec::new();
        while has_subcommands(level) {
            let name = rest.first().map_or("", String::as_str);
            let Some(sub) = children(level).find(|option| option["name"] == name) else {
                return Err(unknown_subcommand(&path, level, name));
            };
            path = format!("{path} {name}");
            levels.push(sub);
            (level, rest) = (sub, &rest[1..]);
        }
        Ok(Self {
            path,
            levels,
            level,
            rest,
        })
    }

    /// The values of the options inside the sub-commands that they belong to.
    pub(super) fn nest(&self, values: Vec<Value>) -> Vec<Value> {
        self.levels.iter().rev().fold(values, |inner, level| {
            vec![json!({"type": level["type"], "name": level["name"], "options": inner})]
        })
    }
}

fn children(level: &Value) -> impl Iterator<Item = &Value> {
    level["options"].as_array().into_iter().flatten()
}

/// Whether the options of this level are sub-commands or groups of them.
fn has_subcommands(level: &Value) -> bool {
    children(level).any(|option| option["type"] == 1 || option["type"] == 2)
}

fn unknown_subcommand(path: &str, level: &Value, name: &str) -> Refusal {
    let known = children(level).filter_map(|option| option["name"].as_str());
    Refusal::UnknownCommand {
        name: format!("{path} {name}").trim_end().to_owned(),
        known: known.map(|name| format!("/{path} {name}")).collect(),
    }
}

pub(super) fn command_data(command: &Command, options: &[Value], resolved: Value) -> Value {
    let mut data = json!({
        "id": command.id.to_string(),
        "name": command.name(),
        "type": command.kind(),
        "options": options,
    });
    if let Some(guild) = command.guild {
        data["guild_id"] = json!(guild.to_string());
    }
    if resolved
        .as_object()
        .is_some_and(|resolved| !resolved.is_empty())
    {
        data["resolved"] = resolved;
    }
    data
}
