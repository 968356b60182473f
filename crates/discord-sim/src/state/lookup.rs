//! Names to ids and back, and what someone may do where.

use super::{Channel, Guild, Kind, Member, Message, Role, State, User};
use crate::error::ApiError;
use crate::permissions::{
    Bits, MANAGE_THREADS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};

impl State {
    pub(crate) fn user_named(&self, name: &str) -> Option<u64> {
        self.names.get(&name.to_ascii_lowercase()).copied()
    }

    pub(crate) fn add_user(&mut self, user: User) {
        let name = user.name.to_ascii_lowercase();
        self.names.entry(name).or_insert(user.id);
        self.users.insert(user.id, user);
    }

    pub(crate) fn rename_user(&mut self, id: u64, name: &str) {
        if let Some(user) = self.users.get_mut(&id) {
            self.names.remove(&user.name.to_ascii_lowercase());
            name.clone_into(&mut user.name);
            self.names.insert(name.to_ascii_lowercase(), id);
        }
    }

    /// Adds a person who is in no guild, unless there is one of that name.
    pub(crate) fn add_person(&mut self, name: &str) {
        if self.user_named(name).is_none() {
            let id = self.ids.next();
            let user = User {
                id,
                name: name.to_owned(),
                bot: false,
                dms_open: true,
            };
            self.add_user(user);
        }
    }

    /// A text channel by name, in the main guild before the others.
    pub(crate) fn channel_named(&self, name: &str) -> Option<u64> {
        let mut named: Vec<_> = self
            .channels
            .values()
            .filter(|channel| channel.guild().is_some() && channel.name == name)
            .collect();
        named.sort_by_key(|channel| channel.guild() != Some(self.main_guild));
        named.first().map(|channel| channel.id)
    }

    /// A role by name, in the main guild before the others.
    pub(crate) fn role_named(&self, name: &str) -> Option<(u64, u64)> {
        let in_guild = |guild: &Guild| {
            let role = guild
                .roles
                .values()
                .find(|role| role.name.eq_ignore_ascii_case(name))?;
            Some((guild.id, role.id))
        };
        let main = self.guilds.get(&self.main_guild).and_then(in_guild);
        main.or_else(|| self.guilds.values().find_map(in_guild))
    }

    /// The name of a user; an id that nobody has stays a number.
    pub(crate) fn name_of(&self, user_id: u64) -> String {
        self.users
            .get(&user_id)
            .map_or_else(|| user_id.to_string(), |user| user.name.clone())
    }

    pub(crate) fn guild(&self, id: u64) -> Result<&Guild, ApiError> {
        self.guilds.get(&id).ok_or(ApiError::UNKNOWN_GUILD)
    }

    pub(crate) fn guild_mut(&mut self, id: u64) -> Result<&mut Guild, ApiError> {
        self.guilds.get_mut(&id).ok_or(ApiError::UNKNOWN_GUILD)
    }

    pub(crate) fn channel(&self, id: u64) -> Result<&Channel, ApiError> {
        self.channels.get(&id).ok_or(ApiError::UNKNOWN_CHANNEL)
    }

    pub(crate) fn channel_mut(&mut self, id: u64) -> Result<&mut Channel, ApiError> {
        self.channels.get_mut(&id).ok_or(ApiError::UNKNOWN_CHANNEL)
    }

    pub(crate) fn member(&self, guild: u64, user: u64) -> Result<&Member, ApiError> {
        self.guild(guild)?
            .members
            .get(&user)
            .ok_or(ApiError::UNKNOWN_MEMBER)
    }

    pub(crate) fn role(&self, guild: u64, role: u64) -> Result<&Role, ApiError> {
        self.guild(guild)?
            .roles
            .get(&role)
            .ok_or(ApiError::UNKNOWN_ROLE)
    }

    pub(crate) fn message(&self, channel: u64, id: u64) -> Result<&Message, ApiError> {
        self.messages
            .get(&channel)
            .and_then(|all| all.get(&id))
            .ok_or(ApiError::UNKNOWN_MESSAGE)
    }

    pub(crate) fn message_mut(&mut self, channel: u64, id: u64) -> Result<&mut Message, ApiError> {
        let all = self.messages.get_mut(&channel);
        all.and_then(|all| all.get_mut(&id))
            .ok_or(ApiError::UNKNOWN_MESSAGE)
    }

    /// What a user may do in a channel. The two people of a direct conversation may do everything.
    pub(crate) fn bits_in(&self, user: u64, channel: &Channel) -> Bits {
        match channel.kind {
            Kind::Text(guild) | Kind::Voice(guild) | Kind::Category(guild) => {
                self.bits_under(user, guild, channel)
            }
            Kind::Thread(guild) => self.bits_in_thread(user, guild, channel),
            Kind::Dm(person) if person == user || user == self.bot_id => crate::permissions::ALL,
            Kind::Dm(_) => 0,
        }
    }

    fn bits_under(&self, user: u64, guild: u64, channel: &Channel) -> Bits {
        let guild = self.guilds.get(&guild);
        let bits = guild.and_then(|guild| {
            guild.with_subject(user, self.now_ms(), |s| s.in_channel(&channel.overwrites))
        });
        bits.unwrap_or(0)
    }

    /// A thread has the permissions of its channel, with one of its own for writing. Whoever neither
    /// is in a private thread nor manages threads does not see it.
    fn bits_in_thread(&self, user: u64, guild: u64, channel: &Channel) -> Bits {
        let parent = channel.parent.and_then(|id| self.channels.get(&id));
        let (Some(parent), Some(thread)) = (parent, &channel.thread) else {
            return 0;
        };
        let bits = self.bits_under(user, guild, parent);
        let hidden = thread.private && !thread.members.contains_key(&user);
        if hidden && bits & MANAGE_THREADS == 0 {
            return 0;
        }
        if bits & SEND_MESSAGES_IN_THREADS == 0 {
            bits & !SEND_MESSAGES
        } else {
            bits | SEND_MESSAGES
        }
    }

    pub(crate) fn bot_sees(&self, channel: &Channel) -> bool {
        self.bits_in(self.bot_id, channel) & VIEW_CHANNEL != 0
    }

    /// Refuses when the user does not see the channel (50001) or lacks one of the bits (50013).
    pub(crate) fn require_in(&self, user: u64, channel: u64, bits: Bits) -> Result<(), ApiError> {
        let has = self.bits_in(user, self.channel(channel)?);
        if has & VIEW_CHANNEL == 0 {
            return Err(ApiError::MISSING_ACCESS);
        }
        if has & bits == bits {
            Ok(())
        } else {
            Err(ApiError::MISSING_PERMISSIONS)
        }
    }

    /// Refuses when the user is not in the guild (50001) or lacks one of the bits (50013).
    pub(crate) fn require(&self, user: u64, guild: u64, bits: Bits) -> Result<(), ApiError> {
        let guild = self.guild(guild)?;
        if !guild.members.contains_key(&user) {
            return Err(ApiError::MISSING_ACCESS);
        }
        if guild.bits(user, self.now_ms()) & bits == bits {
            Ok(())
        } else {
            Err(ApiError::MISSING_PERMISSIONS)
        }
    }

    /// The bot's conversation with a person, opened when there is none.
    pub(crate) fn open_dm(&mut self, person: u64) -> u64 {
        let open = self
            .channels
            .values()
            .find(|channel| channel.recipient() == Some(person));
        if let Some(channel) = open {
            return channel.id;
        }
        let channel = Channel::new(self.ids.next(), "", Kind::Dm(person));
        let id = channel.id;
        self.channels.insert(id, channel);
        id
    }

    /// Whether the bot and a person are in one guild.
    pub(crate) fn shares_guild_with_bot(&self, person: u64) -> bool {
        self.guilds.values().any(|guild| {
            guild.members.contains_key(&person) && guild.members.contains_key(&self.bot_id)
        })
    }
}
