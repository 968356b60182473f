//! What a member may do: Discord's permission bits and how they are computed.
//!
//! The rules: <https://discord.com/developers/docs/topics/permissions#permission-overwrites>.

/// A set of Discord permission bits.
pub type Bits = u64;

macro_rules! bits {
    ($($(#[$doc:meta])* $name:ident = $shift:literal,)+) => {
        $($(#[$doc])* pub const $name: Bits = 1 << $shift;)+
        /// Every bit that this simulator knows by name.
        const NAMES: &[(Bits, &str)] = &[$(($name, stringify!($name)),)+];
    };
}

bits! {
    /// Make invites.
    CREATE_INSTANT_INVITE = 0,
    /// Remove members who may come back.
    KICK_MEMBERS = 1,
    /// Ban and unban.
    BAN_MEMBERS = 2,
    /// Every permission, and no channel overwrite applies.
    ADMINISTRATOR = 3,
    /// Create, edit and delete channels and their overwrites.
    MANAGE_CHANNELS = 4,
    /// Edit the guild itself.
    MANAGE_GUILD = 5,
    /// Add a reaction that is not there yet.
    ADD_REACTIONS = 6,
    /// Read the audit log.
    VIEW_AUDIT_LOG = 7,
    /// See a channel and what is in it.
    VIEW_CHANNEL = 10,
    /// Send messages.
    SEND_MESSAGES = 11,
    /// Delete other people's messages.
    MANAGE_MESSAGES = 13,
    /// Send embeds.
    EMBED_LINKS = 14,
    /// Send files.
    ATTACH_FILES = 15,
    /// Read what was said before.
    READ_MESSAGE_HISTORY = 16,
    /// Mention everyone, here and every role.
    MENTION_EVERYONE = 17,
    /// Use emoji of other guilds.
    USE_EXTERNAL_EMOJIS = 18,
    /// Join voice channels.
    CONNECT = 20,
    /// Silence members in voice channels.
    MUTE_MEMBERS = 22,
    /// Keep members from hearing in voice channels.
    DEAFEN_MEMBERS = 23,
    /// Move members between voice channels, and disconnect them.
    MOVE_MEMBERS = 24,
    /// Change the own nickname.
    CHANGE_NICKNAME = 26,
    /// Change other people's nicknames.
    MANAGE_NICKNAMES = 27,
    /// Create, edit, give and take roles below the own highest one.
    MANAGE_ROLES = 28,
    /// Create, edit and delete webhooks.
    MANAGE_WEBHOOKS = 29,
    /// Edit and delete emoji.
    MANAGE_GUILD_EXPRESSIONS = 30,
    /// Use slash commands.
    USE_APPLICATION_COMMANDS = 31,
    /// Manage threads.
    MANAGE_THREADS = 34,
    /// Create public threads.
    CREATE_PUBLIC_THREADS = 35,
    /// Create private threads.
    CREATE_PRIVATE_THREADS = 36,
    /// Write in threads.
    SEND_MESSAGES_IN_THREADS = 38,
    /// Put members in timeout.
    MODERATE_MEMBERS = 40,
    /// Make emoji, and edit and delete the own ones.
    CREATE_GUILD_EXPRESSIONS = 43,
    /// Pin and unpin messages.
    PIN_MESSAGES = 51,
    /// Write in a channel as fast as one likes, whatever its slowmode says.
    BYPASS_SLOWMODE = 52,
}

/// Every bit that Discord has defined or may define in the range that clients read.
pub const ALL: Bits = (1 << 53) - 1;

/// What @everyone may do in a new guild, as far as it matters here.
pub const EVERYONE_DEFAULT: Bits = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | CONNECT
    | CHANGE_NICKNAME
    | USE_APPLICATION_COMMANDS
    | CREATE_INSTANT_INVITE
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// What a member in timeout keeps.
pub const TIMED_OUT: Bits = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// The names of the bits of a set, in the order of the bits.
pub(crate) fn names(bits: Bits) -> Vec<&'static str> {
    NAMES
        .iter()
        .filter(|(bit, _)| bits & bit != 0)
        .map(|(_, name)| *name)
        .collect()
}

/// The bits of a role for one channel: what is taken away and what is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// The role's or the member's id; @everyone has the guild's.
    pub id: u64,
    /// Whether `id` is a member rather than a role.
    pub member: bool,
    /// Bits given.
    pub allow: Bits,
    /// Bits taken.
    pub deny: Bits,
}

/// Everything that decides what one member may do.
#[derive(Clone, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) guild_id: u64,
    pub(crate) user_id: u64,
    pub(crate) owner: bool,
    /// The bits of @everyone.
    pub(crate) everyone: Bits,
    /// The member's roles and their bits, without @everyone.
    pub(crate) roles: &'a [(u64, Bits)],
    pub(crate) timed_out: bool,
}

impl Subject<'_> {
    /// What the member may do in the guild, without any channel's overwrites.
    pub(crate) fn in_guild(&self) -> Bits {
        let bits = self.base();
        if self.timed_out && bits & ADMINISTRATOR == 0 {
            bits & TIMED_OUT
        } else {
            bits
        }
    }

    /// What the member may do in a channel with these overwrites. Without [`VIEW_CHANNEL`], nothing.
    pub(crate) fn in_channel(&self, overwrites: &[Overwrite]) -> Bits {
        let base = self.base();
        if base & ADMINISTRATOR != 0 {
            return ALL;
        }
        let everyone = overwrites
            .iter()
            .filter(|o| !o.member && o.id == self.guild_id);
        let roles = overwrites.iter().filter(|o| {
            !o.member && o.id != self.guild_id && self.roles.iter().any(|(id, _)| *id == o.id)
        });
        let member = overwrites
            .iter()
            .filter(|o| o.member && o.id == self.user_id);
        let mut bits = apply(base, everyone);
        bits = apply(bits, roles);
        bits = apply(bits, member);
        if bits & VIEW_CHANNEL == 0 {
            return 0;
        }
        if self.timed_out {
            bits & TIMED_OUT
        } else {
            bits
        }
    }

    fn base(&self) -> Bits {
        if self.owner {
            return ALL;
        }
        let bits = self
            .roles
            .iter()
            .fold(self.everyone, |bits, (_, role)| bits | role);
        if bits & ADMINISTRATOR != 0 { ALL } else { bits }
    }
}

/// Applies overwrites of one rank: all that they deny together, then all that they allow together.
fn apply<'a, I: Iterator<Item = &'a Overwrite>>(bits: Bits, overwrites: I) -> Bits {
    let (deny, allow) =
        overwrites.fold((0, 0), |(deny, allow), o| (deny | o.deny, allow | o.allow));
    (bits & !deny) | allow
}

#[cfg(test)]
mod tests;
