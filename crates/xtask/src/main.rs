#![doc = include_str!("../README.md")]

mod entities;
mod examples;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Chores of the Rookery project.
#[derive(Parser)]
#[command(name = "xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Writes `entity/src/generated` anew from the migrations. Needs PostgreSQL.
    Entities {
        /// Writes nothing; exits with 1 and names the files that differ.
        #[arg(long)]
        check: bool,
    },
    /// Writes `rookery.example.toml`, `.env.example` and the table in the README anew from the settings.
    Examples {
        /// Writes nothing; exits with 1 and names the files that differ.
        #[arg(long)]
        check: bool,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Entities { check: false } => entities::write().await,
        Chore::Entities { check: true } => entities::check().await,
        Chore::Examples { check: false } => examples::write(),
        Chore::Examples { check: true } => examples::check(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
