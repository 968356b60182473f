//! People at their clients: what they can do is checked as the client and Discord check it.

mod complete;
mod component;
mod menu;
mod modal;
mod option;
mod react;
mod say;
mod slash;

use crate::act::{Act, Place, What};
use crate::payload::Asked;
use crate::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use crate::refusal::Refusal;
use crate::state::{Channel, State};

/// A person, in a channel that they see.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) user: u64,
    pub(crate) channel: u64,
}

impl Standing {
    /// The person asks the bot from here, by one of Discord's interaction types.
    fn asks(self, kind: u8) -> Asked {
        Asked {
            user: self.user,
            channel: self.channel,
            kind,
        }
    }
}

impl State {
    /// Does what a person does, or says why they cannot.
    pub(crate) fn perform(&mut self, act: &Act) -> Result<(), Refusal> {
        let user = self.person_named(&act.person)?;
        match &act.what {
            What::Join => return self.enter(self.guild_of(&act.place), user),
            What::Leave => {
                let not_member = || Refusal::NotMember(act.person.clone());
                let guild = self.guild_of(&act.place);
                return self.leave(guild, user).map_err(|_| not_member());
            }
            _ => {}
        }
        let standing = self.stand(user, &act.place)?;
        match &act.what {
            What::Say(text) => self.say(standing, text, None),
            What::Reply(text) => self.reply(standing, text),
            What::Edit(text) => self.correct(standing, text),
            What::Delete(of) => self.take_back(standing, of.as_deref()),
            What::Menu { command, target } => self.menu(standing, command, target.as_deref()),
            What::Slash(text) => self.slash(standing, text),
            What::Type(text) => self.type_slash(standing, text),
            What::Click(label) => self.click(standing, label),
            What::Select(options) => self.select(standing, options),
            What::Submit(fields) => self.submit(standing, fields),
            What::React(emoji) => self.react(standing, emoji),
            What::Unreact(emoji) => self.unreact(standing, emoji),
            What::Join | What::Leave => Ok(()),
        }
    }

    /// A person, or the bot by its name or as `bot`.
    pub(super) fn person_or_bot(&self, name: &str) -> Result<u64, Refusal> {
        let name = name.trim_start_matches('@');
        if name.eq_ignore_ascii_case("bot") || self.user_named(name) == Some(self.bot_id) {
            return Ok(self.bot_id);
        }
        self.person_named(name)
    }

    pub(crate) fn person_named(&self, name: &str) -> Result<u64, Refusal> {
        let person = self.user_named(name).filter(|id| *id != self.bot_id);
        person.ok_or_else(|| Refusal::UnknownPerson {
            name: name.to_owned(),
            known: self
                .users
                .values()
                .filter(|u| !u.bot)
                .map(|user| user.name.clone())
                .collect(),
        })
    }

    /// The guild that a place is in; the main one when it is in none.
    fn guild_of(&self, place: &Place) -> u64 {
        let guild = match place {
            Place::Dm => None,
            Place::Channel(name) => self
                .channel_named(name)
                .and_then(|id| self.channels.get(&id)?.guild()),
        };
        guild.unwrap_or(self.main_guild)
    }

    fn enter(&mut self, guild: u64, user: u64) -> Result<(), Refusal> {
        let to = self.guild(guild)?;
        let name = self.name_of(user);
        if to.members.contains_key(&user) {
            return Err(Refusal::AlreadyMember(name));
        }
        if to.bans.contains_key(&user) {
            return Err(Refusal::Banned(name));
        }
        // By the newest invite, where there is one to count the use of.
        let now = self.now_ms();
        let mut invites = self.invites.values_mut();
        let invite = invites.rfind(|invite| invite.guild == guild && invite.works_at(now));
        if let Some(invite) = invite {
            invite.uses += 1;
        }
        Ok(self.join(guild, user)?)
    }

    fn stand(&mut self, user: u64, place: &Place) -> Result<Standing, Refusal> {
        let channel = match place {
            Place::Dm => {
                if !self.shares_guild_with_bot(user) {
                    return Err(Refusal::NoCommonGuild(self.name_of(user)));
                }
                let channel = self.open_dm(user);
                return Ok(Standing { user, channel });
            }
            Place::Channel(name) => self
                .channel_named(name)
                .ok_or_else(|| self.no_channel(name))?,
        };
        let of = self.channel(channel)?;
        let person = || self.name_of(user);
        if let Some(guild) = of.guild()
            && !self.guild(guild)?.members.contains_key(&user)
        {
            return Err(Refusal::NotMember(person()));
        }
        if self.bits_in(user, of) & VIEW_CHANNEL == 0 {
            return Err(Refusal::HiddenChannel {
                person: person(),
                channel: of.name.clone(),
            });
        }
        Ok(Standing { user, channel })
    }

    pub(crate) fn no_channel(&self, name: &str) -> Refusal {
        let text = self
            .channels
            .values()
            .filter(|channel| channel.guild().is_some());
        let known = text.map(|channel| format!("#{}", channel.name)).collect();
        Refusal::UnknownChannel {
            name: name.to_owned(),
            known,
        }
    }

    /// Refuses a person in timeout, or one without a permission in the channel.
    pub(crate) fn may(
        &self,
        standing: Standing,
        bits: u64,
        what: &'static str,
    ) -> Result<(), Refusal> {
        let channel = self.channel(standing.channel)?;
        if self.bits_in(standing.user, channel) & bits == bits {
            return Ok(());
        }
        let member = channel
            .guild()
            .and_then(|guild| self.member(guild, standing.user).ok());
        let until = member.and_then(|member| member.timeout_ms);
        if until.is_some_and(|until| until > self.now_ms()) {
            return Err(Refusal::TimedOut(self.name_of(standing.user)));
        }
        Err(Refusal::NoPermission {
            what,
            channel: channel.name.clone(),
        })
    }

    pub(crate) fn may_talk(&self, standing: Standing) -> Result<(), Refusal> {
        self.may(standing, SEND_MESSAGES, "send messages")
    }

    /// The name of the channel that something is shown in; nothing for a direct conversation.
    pub(crate) fn shown_channel(&self, channel: u64) -> Option<String> {
        let text = self
            .channels
            .get(&channel)
            .filter(|channel| channel.guild().is_some());
        text.map(|channel: &Channel| channel.name.clone())
    }
}
