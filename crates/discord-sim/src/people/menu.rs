//! Commands in the menus of people and messages.

use serde_json::{Value, json};

use super::Standing;
use super::slash::command_data;
use crate::interaction::Command;
use crate::interaction::command::{MESSAGE_MENU, USER_MENU};
use crate::permissions::USE_APPLICATION_COMMANDS;
use crate::refusal::Refusal;
use crate::shown::ShownKind;
use crate::state::State;

impl State {
    pub(super) fn menu(
        &mut self,
        standing: Standing,
        name: &str,
        target: Option<&str>,
    ) -> Result<(), Refusal> {
        let bits = USE_APPLICATION_COMMANDS;
        self.may(standing, bits, "use application commands")?;
        let kind = if target.is_some() {
            USER_MENU
        } else {
            MESSAGE_MENU
        };
        let command = self.menu_command(standing, name, kind)?;
        let mut resolved = json!({});
        let (target, of) = if let Some(target) = target {
            let guild = self.channel(standing.channel)?.guild();
            let user = self.person_or_bot(target)?;
            self.resolve_user(guild, user, &mut resolved);
            (user, self.name_of(user))
        } else {
            let id = self.newest(standing, |message| message.author != standing.user)?;
            let message = self.message(standing.channel, id)?;
            resolved = json!({"messages": {id.to_string(): self.message_json(message)}});
            (id, self.with_names(&message.content))
        };
        let mut data = command_data(&command, &[], resolved);
        data["target_id"] = json!(target.to_string());
        if let Some(data) = data.as_object_mut() {
            data.remove("options");
        }
        self.show_use(ShownKind::Command, standing, &format!("{name}: {of}"));
        self.ask(standing.asks(2), &data, None, Some(name.to_owned()))?;
        Ok(())
    }

    fn menu_command(&self, standing: Standing, name: &str, kind: u64) -> Result<Command, Refusal> {
        let guild = self.channel(standing.channel)?.guild();
        let seen = self.commands.seen_in(guild, kind);
        let command = seen.iter().find(|command| command.name() == name);
        let Some(command) = command else {
            return Err(Refusal::UnknownMenu {
                name: name.to_owned(),
                known: seen
                    .iter()
                    .map(|command| command.name().to_owned())
                    .collect(),
            });
        };
        self.may_use(standing, command)?;
        Ok((*command).clone())
    }

    /// Sends a user along with an interaction, and their membership where they have one.
    pub(super) fn resolve_user(&self, guild: Option<u64>, id: u64, resolved: &mut Value) {
        resolved["users"][id.to_string()] = self.user_json(id);
        let member = guild.and_then(|guild| Some((guild, self.member(guild, id).ok()?)));
        if let Some((guild, member)) = member {
            let mut json = self.member_json(member);
            let bits = self
                .guilds
                .get(&guild)
                .map_or(0, |g| g.bits(id, self.now_ms()));
            json["permissions"] = json!(bits.to_string());
            if let Some(json) = json.as_object_mut() {
                for key in ["user", "deaf", "mute"] {
                    json.remove(key);
                }
            }
            resolved["members"][id.to_string()] = json;
        }
    }
}
