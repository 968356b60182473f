//! What keeps a run from ending.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

use thiserror::Error;

/// Why there is no report.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The options do not make sense.
    #[error("{0}")]
    Options(String),
    /// The bot's program could not be started.
    #[error("{} could not be started; build it with: cargo build --release --bin rookery", path.display())]
    Program {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The bot ended by itself.
    #[error("the bot ended by itself ({status}); it said: {log}")]
    Ended {
        /// How.
        status: ExitStatus,
        /// The last line of its log.
        log: String,
    },
    /// The bot was not ready in time.
    #[error("the bot was not ready after {seconds} s; it said: {log}")]
    NotReady {
        /// How long it was waited for.
        seconds: u64,
        /// The last line of its log.
        log: String,
    },
    /// The bot could not be watched or stopped.
    #[error("the bot's process could not be handled")]
    Process(#[source] io::Error),
    /// There is no place for a temporary database.
    #[error("no folder for a temporary database")]
    Folder(#[source] io::Error),
    /// The simulator did not start.
    #[error("the simulated Discord did not start")]
    Discord(#[from] discord_sim::StartError),
    /// Somebody could not do what the run had them do.
    #[error("Discord's client did not let somebody act")]
    Refused(#[from] discord_sim::Refusal),
    /// The database could not be opened to look at it.
    #[error("the bot's database could not be opened")]
    Database(#[from] service::Error),
    /// The database could not be read.
    #[error("the bot's database could not be read")]
    Read(#[from] controllers::Error),
}
