//! Why a bot did not start, and why one ended.

use super::instance_lock::LockError;
use crate::key::KeyError;
use poise::serenity_prelude as serenity;
use std::{io, net::SocketAddr, sync::Arc};

/// Why a bot did not start. Waiting would not have helped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// There is no token in the settings.
    #[error("no token is set; set DISCORD_TOKEN to the bot's token from the developer portal")]
    NoToken,
    /// Discord does not know the token.
    #[error(
        "Discord does not accept the token; set DISCORD_TOKEN to the bot's token from the developer portal"
    )]
    TokenRefused,
    /// The key that signs buttons cannot be had.
    #[error("the key that signs buttons cannot be read or created")]
    Key(#[from] KeyError),
    /// Another process has the database file.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The database cannot be opened.
    #[error("the database cannot be opened")]
    Database(#[from] service::Error),
    /// What was done at the last start cannot be read or noted.
    #[error("the database cannot be read or written")]
    Data(#[from] controllers::Error),
    /// The address for supervisors cannot be had.
    #[error("nobody can listen on {address}; set http.listen to another address, or to \"off\"")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// TLS cannot be set up.
    #[error("the client for Discord's REST interface cannot be set up")]
    Rest(#[source] reqwest::Error),
    /// Discord refuses a call that every start makes.
    #[error("Discord refuses {call}")]
    Discord {
        /// What was asked.
        call: &'static str,
        /// What it said.
        #[source]
        source: Box<serenity::Error>,
    },
    /// The system gives no threads.
    #[error("the system gives no threads")]
    Runtime(#[source] io::Error),
    /// A bug; the log says where.
    #[error("the start panicked; the log says where")]
    Panicked,
}

/// Why a bot ended without being asked to.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum EndError {
    /// Close code 4004.
    #[error(
        "Discord no longer accepts the token; set DISCORD_TOKEN to the bot's present token from the developer portal"
    )]
    TokenRefused,
    /// Close code 4014.
    #[error(
        "Discord refuses privileged intents that are not switched on: {}. Switch them on in the developer portal \
         (Bot, Privileged Gateway Intents), or turn the settings off",
        .0.join(", ")
    )]
    IntentsRefused(Vec<&'static str>),
    /// A shard stays silent however often it is started again: close codes 4003, 4010, 4011 and what
    /// else nobody is told of.
    #[error(
        "shard {0} stays silent, although it was started again several times; the log of serenity says why \
         (log.level = \"info,serenity=info\"). Above 2,500 guilds Discord wants more shards"
    )]
    DeadShard(u32),
    /// The client gave up for another reason.
    #[error("the connection to Discord ended")]
    Connection(#[source] Arc<serenity::Error>),
    /// A bug; the log says where.
    #[error("the client panicked; the log says where")]
    Panicked,
}
