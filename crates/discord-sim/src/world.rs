//! The description of a world: who is there, where, and with which rights, before anything happens.

use crate::permissions::{self as p, Bits};

/// The people and guilds that a simulator starts with.
///
/// ```
/// use discord_sim::{GuildSpec, World, permissions};
///
/// let guild = GuildSpec::new("Library", "librarian")
///     .bot_role(permissions::BAN_MEMBERS | permissions::SEND_MESSAGES)
///     .role("Reader", 0)
///     .channel("desk")
///     .member("ada", &["Reader"]);
/// let world = World::new().guild(guild).person("passer-by");
/// # let _ = world;
/// ```
#[derive(Clone, Debug, Default)]
pub struct World {
    pub(crate) guilds: Vec<GuildSpec>,
    pub(crate) people: Vec<String>,
    pub(crate) bot: Option<String>,
}

impl World {
    /// A world without people and guilds.
    pub fn new() -> Self {
        Self::default()
    }

    /// The guild "Rookery", with an owner, an administrator, a moderator, two members and a troll.
    pub fn rookery() -> Self {
        let moderator = p::KICK_MEMBERS
            | p::BAN_MEMBERS
            | p::MODERATE_MEMBERS
            | p::MANAGE_MESSAGES
            | p::VIEW_AUDIT_LOG;
        let guild = GuildSpec::new("Rookery", "owner")
            .role("Admin", p::ADMINISTRATOR)
            .bot_role(BOT_BITS)
            .role("Moderator", moderator)
            .channel("general")
            .channel("random")
            .private_channel("mod-log", &["Moderator", "Admin", BOT_ROLE])
            .member("admin", &["Admin"])
            .member("mod", &["Moderator"])
            .member("alice", &[])
            .member("bob", &[])
            .member("troll", &[]);
        Self::new().guild(guild)
    }

    /// Adds a guild. The first one is where acts take place that name no other.
    #[must_use]
    pub fn guild(mut self, guild: GuildSpec) -> Self {
        self.guilds.push(guild);
        self
    }

    /// Adds a person who is in no guild yet. Members need not be added: their guild does that.
    #[must_use]
    pub fn person(mut self, name: &str) -> Self {
        self.people.push(name.to_owned());
        self
    }

    /// Names the bot; without it, it is called "Rookery".
    #[must_use]
    pub fn bot_name(mut self, name: &str) -> Self {
        self.bot = Some(name.to_owned());
        self
    }
}

/// What a moderation bot asks for when it is invited.
const BOT_BITS: Bits = p::BAN_MEMBERS
    | p::KICK_MEMBERS
    | p::MODERATE_MEMBERS
    | p::MANAGE_MESSAGES
    | p::MANAGE_ROLES
    | p::MANAGE_CHANNELS
    | p::MANAGE_NICKNAMES
    | p::VIEW_AUDIT_LOG
    | p::VIEW_CHANNEL
    | p::SEND_MESSAGES
    | p::EMBED_LINKS
    | p::READ_MESSAGE_HISTORY
    | p::ATTACH_FILES;

/// Stands for the bot's own role in [`GuildSpec::private_channel`] and [`GuildSpec::overwrite`],
/// whatever the bot is called.
pub const BOT_ROLE: &str = "@bot";

/// One guild of a [`World`], which the bot is a member of.
#[derive(Clone, Debug)]
pub struct GuildSpec {
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) everyone: Bits,
    /// Highest first, as Discord lists them. [`BOT_ROLE`] is the bot's own.
    pub(crate) roles: Vec<(String, Bits)>,
    pub(crate) channels: Vec<ChannelSpec>,
    pub(crate) members: Vec<(String, Vec<String>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct ChannelSpec {
    pub(crate) name: String,
    pub(crate) voice: bool,
    /// By the name of a role or a member; ids are not known yet.
    pub(crate) overwrites: Vec<(String, Bits, Bits)>,
}

impl GuildSpec {
    /// A guild without channels that belongs to `owner`, who is its first member.
    pub fn new(name: &str, owner: &str) -> Self {
        Self {
            name: name.to_owned(),
            owner: owner.to_owned(),
            everyone: p::EVERYONE_DEFAULT,
            roles: Vec::new(),
            channels: Vec::new(),
            members: Vec::new(),
        }
    }

    /// What @everyone may do; [`permissions::EVERYONE_DEFAULT`](p::EVERYONE_DEFAULT) without it.
    #[must_use]
    pub fn everyone(mut self, bits: Bits) -> Self {
        self.everyone = bits;
        self
    }

    /// Adds a role below those that were added before.
    #[must_use]
    pub fn role(mut self, name: &str, bits: Bits) -> Self {
        self.roles.push((name.to_owned(), bits));
        self
    }

    /// Adds the bot's managed role below those that were added before. A guild that does not say
    /// where has it at the bottom, without any bits.
    #[must_use]
    pub fn bot_role(self, bits: Bits) -> Self {
        self.role(BOT_ROLE, bits)
    }

    /// Adds a text channel that everyone sees.
    #[must_use]
    pub fn channel(self, name: &str) -> Self {
        self.add_channel(name, false)
    }

    /// Adds a voice channel that everyone may join. Nothing is heard in it: people are there or not.
    #[must_use]
    pub fn voice_channel(self, name: &str) -> Self {
        self.add_channel(name, true)
    }

    fn add_channel(mut self, name: &str, voice: bool) -> Self {
        self.channels.push(ChannelSpec {
            name: name.to_owned(),
            voice,
            overwrites: Vec::new(),
        });
        self
    }

    /// Adds a text channel that only these roles or members see.
    #[must_use]
    pub fn private_channel(self, name: &str, seen_by: &[&str]) -> Self {
        let hidden = self
            .channel(name)
            .overwrite(name, "@everyone", 0, p::VIEW_CHANNEL);
        seen_by.iter().fold(hidden, |guild, who| {
            guild.overwrite(name, who, p::VIEW_CHANNEL, 0)
        })
    }

    /// Adds an overwrite to a channel that was added before, for a role, a member or "@everyone".
    /// A channel that does not exist is left alone.
    #[must_use]
    pub fn overwrite(mut self, channel: &str, who: &str, allow: Bits, deny: Bits) -> Self {
        if let Some(channel) = self.channels.iter_mut().find(|c| c.name == channel) {
            channel.overwrites.push((who.to_owned(), allow, deny));
        }
        self
    }

    /// Adds a member with these roles.
    #[must_use]
    pub fn member(mut self, name: &str, roles: &[&str]) -> Self {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        self.members.push((name.to_owned(), roles));
        self
    }
}
