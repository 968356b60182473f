//! Using a slash command: the line is checked against what the bot has registered.

use serde_json::{Value, json};

use super::Standing;
use super::option::Typed;
use crate::interaction::Command;
use crate::payload::Asked;
use crate::permissions::{self, USE_APPLICATION_COMMANDS};
use crate::refusal::Refusal;
use crate::shown::{Shown, ShownKind};
use crate::state::State;
use crate::words;

impl State {
    pub(super) fn slash(&mut self, standing: Standing, text: &str) -> Result<(), Refusal> {
        self.may(
            standing,
            USE_APPLICATION_COMMANDS,
            "use application commands",
        )?;
        let words = words::split(text, ' ').ok_or_else(|| Refusal::OpenQuote(text.to_owned()))?;
        let words: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|w| !w.is_empty())
            .collect();
        let guild = self.channel(standing.channel)?.guild();
        let command = self.find_command(guild, &words)?.clone();
        self.may_use(standing, &command)?;
        let mut path = vec![command.name().to_owned()];
        let mut level = &command.spec;
        let mut rest = &words[1..];
        let mut levels = Vec::new();
        while has_subcommands(level) {
            let name = rest.first().copied().unwrap_or_default();
            let sub = children(level).find(|option| option["name"] == name);
            let Some(sub) = sub else {
                return Err(unknown_subcommand(&path, level, name));
            };
            path.push(name.to_owned());
            levels.push(sub);
            (level, rest) = (sub, &rest[1..]);
        }
        let mut typed = Typed::new(path.join(" "), level);
        for word in rest {
            typed.add(self, guild, word)?;
        }
        let (values, resolved) = typed.finish()?;
        let options = levels.into_iter().rev().fold(values, |inner, level| {
            vec![json!({"type": level["type"], "name": level["name"], "options": inner})]
        });
        let data = command_data(&command, &options, resolved);
        let asked = Asked {
            user: standing.user,
            channel: standing.channel,
            kind: 2,
        };
        let mut shown = Shown::new(ShownKind::Command);
        shown.author = Some(self.name_of(standing.user));
        shown.channel = self.shown_channel(standing.channel);
        shown.content = Some(format!("/{}", words.join(" ")));
        self.show(shown);
        self.ask(asked, &data, None, Some(path.join(" ")))?;
        Ok(())
    }

    fn find_command(&self, guild: Option<u64>, words: &[&str]) -> Result<&Command, Refusal> {
        let seen = self.commands.seen_in(guild);
        let name = words.first().copied().unwrap_or_default();
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
    fn may_use(&self, standing: Standing, command: &Command) -> Result<(), Refusal> {
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

fn children(level: &Value) -> impl Iterator<Item = &Value> {
    level["options"].as_array().into_iter().flatten()
}

/// Whether the options of this level are sub-commands or groups of them.
fn has_subcommands(level: &Value) -> bool {
    children(level).any(|option| option["type"] == 1 || option["type"] == 2)
}

fn unknown_subcommand(path: &[String], level: &Value, name: &str) -> Refusal {
    let path = path.join(" ");
    let known = children(level).filter_map(|option| option["name"].as_str());
    Refusal::UnknownCommand {
        name: format!("{path} {name}").trim_end().to_owned(),
        known: known.map(|name| format!("/{path} {name}")).collect(),
    }
}

fn command_data(command: &Command, options: &[Value], resolved: Value) -> Value {
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
