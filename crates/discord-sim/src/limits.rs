//! Discord's limits, each once.
//!
//! Messages and embeds: <https://discord.com/developers/docs/resources/message>. Components:
//! <https://discord.com/developers/docs/components/reference>. Commands:
//! <https://discord.com/developers/docs/interactions/application-commands>. Members and bans:
//! <https://discord.com/developers/docs/resources/guild>. Lengths are in Unicode characters.

pub(crate) const CONTENT: usize = 2_000;
pub(crate) const NONCE: usize = 25;
/// How long a nonce is remembered. Discord says only "a few minutes".
pub(crate) const NONCE_MS: i64 = 5 * 60 * 1_000;
/// How many ids `allowed_mentions` may name of each kind.
pub(crate) const ALLOWED_MENTIONS: usize = 100;
pub(crate) const EMBEDS: usize = 10;
/// Over all texts of all embeds of a message.
pub(crate) const EMBED_TOTAL: usize = 6_000;
pub(crate) const EMBED_TITLE: usize = 256;
pub(crate) const EMBED_DESCRIPTION: usize = 4_096;
pub(crate) const EMBED_URL: usize = 2_048;
pub(crate) const EMBED_FIELDS: usize = 25;
pub(crate) const EMBED_FIELD_NAME: usize = 256;
pub(crate) const EMBED_FIELD_VALUE: usize = 1_024;
pub(crate) const EMBED_FOOTER: usize = 2_048;
pub(crate) const EMBED_AUTHOR: usize = 256;

pub(crate) const ROWS: usize = 5;
pub(crate) const BUTTONS_PER_ROW: usize = 5;
pub(crate) const SELECT_OPTIONS: usize = 25;
pub(crate) const LABEL: usize = 80;
pub(crate) const SELECT_TEXT: usize = 100;
pub(crate) const PLACEHOLDER: usize = 150;
pub(crate) const CUSTOM_ID: usize = 100;
pub(crate) const MODAL_TITLE: usize = 45;
pub(crate) const TEXT_INPUT: usize = 4_000;
pub(crate) const LABEL_DESCRIPTION: usize = 100;
/// The options of a group of radio buttons or checkboxes.
pub(crate) const GROUP_OPTIONS: usize = 10;
pub(crate) const CHOICE_NAME: usize = 100;
pub(crate) const CHOICES: usize = 25;

pub(crate) const COMMANDS: usize = 100;
pub(crate) const COMMAND_NAME: usize = 32;
pub(crate) const COMMAND_DESCRIPTION: usize = 100;
pub(crate) const COMMAND_OPTIONS: usize = 25;
/// Over names, descriptions and values of a command and everything in it.
pub(crate) const COMMAND_TOTAL: usize = 8_000;

pub(crate) const PINS: usize = 250;
pub(crate) const WEBHOOKS: usize = 15;
pub(crate) const WEBHOOK_NAME: std::ops::RangeInclusive<usize> = 1..=80;
pub(crate) const EMOJI: usize = 50;
pub(crate) const EMOJI_NAME: std::ops::RangeInclusive<usize> = 2..=32;
/// How many different emoji a message carries.
pub(crate) const REACTIONS: usize = 20;
/// How many channels a guild has, categories among them and threads not.
pub(crate) const CHANNELS: usize = 500;
/// The highest place in a list of channels that clients take.
pub(crate) const POSITION: i64 = 65_535;
pub(crate) const TOPIC: usize = 1_024;
/// Minutes after which a thread may be archived.
pub(crate) const AUTO_ARCHIVE: [u64; 4] = [60, 1_440, 4_320, 10_080];
pub(crate) const INVITE_AGE_SECONDS: u64 = 604_800;
pub(crate) const INVITE_USES: u64 = 100;

pub(crate) const REASON: usize = 512;
pub(crate) const NICK: usize = 32;
pub(crate) const TIMEOUT_MS: i64 = 28 * 24 * 60 * 60 * 1_000;
pub(crate) const BAN_DELETE_SECONDS: u64 = 7 * 24 * 60 * 60;
pub(crate) const BULK_BAN: usize = 200;
pub(crate) const BULK_DELETE_AGE_MS: i64 = 14 * 24 * 60 * 60 * 1_000;
pub(crate) const SLOWMODE_SECONDS: u64 = 21_600;
pub(crate) const CHANNEL_NAME: usize = 100;
pub(crate) const ROLE_NAME: usize = 100;
pub(crate) const GUILD_NAME: std::ops::RangeInclusive<usize> = 2..=100;
/// How many roles a guild has, with @everyone.
pub(crate) const ROLES: usize = 250;
pub(crate) const COLOR: u32 = 0xff_ffff;

/// How many guilds one shard may have.
pub(crate) const GUILDS_PER_SHARD: usize = 2_500;
/// The largest frame of a client.
pub(crate) const GATEWAY_PAYLOAD_BYTES: usize = 4_096;
/// How many members a client may ask for by id or name at once.
pub(crate) const MEMBERS_ASKED: usize = 100;
/// The longest nonce of a request for members, in bytes; a longer one is ignored.
pub(crate) const CHUNK_NONCE_BYTES: usize = 32;

/// The largest request with all its files, in bytes.
pub(crate) const REQUEST_BYTES: usize = 25 * 1_024 * 1_024;

/// How long an interaction waits for its first answer.
pub(crate) const ACKNOWLEDGE_MS: i64 = 3_000;
/// How long an interaction's token works after that.
pub(crate) const TOKEN_MS: i64 = 15 * 60 * 1_000;
