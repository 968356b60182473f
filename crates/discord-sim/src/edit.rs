//! Changes of the world that are no typing: what people do in menus, and what a test arranges.

use std::time::Duration;

use serde_json::json;

use crate::clock::iso;
use crate::mutate::Actor;
use crate::permissions::Bits;
use crate::refusal::Refusal;
use crate::state::{Presence, State, Status, VoiceState};

/// A change of the first guild. `by` names the person who makes it; their permissions and their
/// place in the order of roles are checked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "the fields of all variants are names of people, roles, channels"
)]
pub enum Edit {
    /// Bans someone and deletes what they wrote in the last `delete_seconds`.
    Ban {
        by: String,
        target: String,
        reason: Option<String>,
        delete_seconds: u64,
    },
    /// Lifts a ban.
    Unban {
        by: String,
        target: String,
        reason: Option<String>,
    },
    /// Removes a member.
    Kick {
        by: String,
        target: String,
        reason: Option<String>,
    },
    /// Puts a member in timeout for this time, or lifts it with `None`.
    Timeout {
        by: String,
        target: String,
        time: Option<Duration>,
        reason: Option<String>,
    },
    /// Changes a nickname; `None` takes it away.
    Nick {
        by: String,
        target: String,
        nick: Option<String>,
    },
    /// Gives a role.
    GiveRole {
        by: String,
        target: String,
        role: String,
    },
    /// Takes a role.
    TakeRole {
        by: String,
        target: String,
        role: String,
    },
    /// Moves a role to a position, 1 being the lowest.
    MoveRole {
        by: String,
        role: String,
        position: usize,
    },
    /// Makes a role at the bottom, with these permission bits.
    CreateRole {
        by: String,
        name: String,
        bits: Bits,
    },
    /// Deletes a role.
    DeleteRole { by: String, role: String },
    /// Gives the guild another name.
    RenameGuild { by: String, name: String },
    /// Makes a text channel.
    CreateChannel { by: String, name: String },
    /// Deletes a channel.
    DeleteChannel { by: String, name: String },
    /// Someone comes online, or goes.
    Presence { person: String, status: Status },
    /// Someone joins a voice channel, or with `None` leaves it.
    Voice {
        person: String,
        channel: Option<String>,
    },
    /// Adds a person who is in no guild.
    AddPerson { name: String },
}

impl State {
    pub(crate) fn apply(&mut self, edit: &Edit) -> Result<(), Refusal> {
        let guild = self.main_guild;
        match edit {
            Edit::Ban {
                by,
                target,
                reason,
                delete_seconds,
            } => {
                let (actor, target) = self.pair(by, target, reason.as_ref())?;
                self.ban(&actor, guild, target, *delete_seconds)?;
            }
            Edit::Unban { by, target, reason } => {
                let (actor, target) = self.pair(by, target, reason.as_ref())?;
                self.unban(&actor, guild, target)?;
            }
            Edit::Kick { by, target, reason } => {
                let (actor, target) = self.pair(by, target, reason.as_ref())?;
                self.kick(&actor, guild, target)?;
            }
            Edit::Timeout {
                by,
                target,
                time,
                reason,
            } => {
                let (actor, target) = self.pair(by, target, reason.as_ref())?;
                let ms = time.map(|time| i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
                let until = ms.map(|ms| iso(self.now_ms().saturating_add(ms)));
                let edit = json!({"communication_disabled_until": until});
                self.edit_member(&actor, guild, target, &edit)?;
            }
            Edit::Nick { by, target, nick } => {
                let (actor, target) = self.pair(by, target, None)?;
                self.edit_member(&actor, guild, target, &json!({"nick": nick}))?;
            }
            Edit::GiveRole { by, target, role } => self.hand_out(by, target, role, true)?,
            Edit::TakeRole { by, target, role } => self.hand_out(by, target, role, false)?,
            Edit::MoveRole { by, role, position } => {
                let actor = Actor::new(self.person_named(by)?);
                let (guild, role) = self.role_or_refuse(role)?;
                self.move_roles(&actor, guild, &[(role, *position)])?;
            }
            Edit::CreateRole { by, name, bits } => {
                let actor = Actor::new(self.person_named(by)?);
                let spec = json!({"name": name, "permissions": bits.to_string()});
                self.create_role(&actor, guild, &spec)?;
            }
            Edit::DeleteRole { by, role } => {
                let actor = Actor::new(self.person_named(by)?);
                let (guild, role) = self.role_or_refuse(role)?;
                self.delete_role(&actor, guild, role)?;
            }
            Edit::RenameGuild { by, name } => {
                let actor = Actor::new(self.person_named(by)?);
                self.edit_guild(&actor, guild, &json!({"name": name}))?;
            }
            Edit::CreateChannel { by, name } => {
                let actor = Actor::new(self.person_named(by)?);
                self.create_channel(&actor, guild, &json!({"name": name}))?;
            }
            Edit::DeleteChannel { by, name } => {
                let actor = Actor::new(self.person_named(by)?);
                let channel = self
                    .channel_named(name)
                    .ok_or_else(|| self.no_channel(name))?;
                self.delete_channel(&actor, channel)?;
            }
            Edit::Presence { person, status } => {
                let (user, status) = (self.person_named(person)?, *status);
                let activities = Vec::new();
                self.set_presence(user, Presence { status, activities });
            }
            Edit::Voice { person, channel } => {
                let user = self.person_named(person)?;
                let voice = match channel {
                    None => None,
                    Some(name) => {
                        let known = self.channel_named(name);
                        let channel = known.ok_or_else(|| self.no_channel(name))?;
                        let (self_mute, self_deaf) = (false, false);
                        Some(VoiceState {
                            channel,
                            self_mute,
                            self_deaf,
                        })
                    }
                };
                self.set_voice(guild, user, voice)?;
            }
            Edit::AddPerson { name } => self.add_person(name),
        }
        Ok(())
    }

    /// Changes the bits of a role, as the owner of its guild.
    pub(crate) fn edit_role_bits(&mut self, role: &str, bits: Bits) -> Result<(), Refusal> {
        let (guild, role) = self.role_or_refuse(role)?;
        let actor = Actor::new(self.guild(guild)?.owner);
        let edit = json!({"permissions": bits.to_string()});
        Ok(self.edit_role(&actor, guild, role, &edit)?)
    }

    fn pair(
        &self,
        by: &str,
        target: &str,
        reason: Option<&String>,
    ) -> Result<(Actor, u64), Refusal> {
        let actor = Actor::because(self.person_named(by)?, reason.cloned());
        let target = match self.user_named(target) {
            Some(target) => target,
            None => self.person_named(target)?,
        };
        Ok((actor, target))
    }

    fn hand_out(&mut self, by: &str, target: &str, role: &str, has: bool) -> Result<(), Refusal> {
        let (actor, target) = self.pair(by, target, None)?;
        let (guild, role) = self.role_or_refuse(role)?;
        Ok(self.set_role(&actor, guild, target, role, has)?)
    }

    fn role_or_refuse(&self, name: &str) -> Result<(u64, u64), Refusal> {
        self.role_named(name).ok_or_else(|| Refusal::UnknownRole {
            name: name.to_owned(),
            known: self
                .guilds
                .values()
                .flat_map(|g| g.roles.values())
                .map(|r| r.name.clone())
                .collect(),
        })
    }
}
