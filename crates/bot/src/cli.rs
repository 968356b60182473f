//! The command line: what each subcommand does, and with which exit code it ends.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is what talks to whoever typed the command"
)]

mod audit;
mod config;
mod exit;
mod healthcheck;
mod run;
mod sandbox;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Rookery, a moderation bot for Discord.
#[derive(Parser)]
#[command(
    name = "rookery",
    version,
    after_help = "Exit codes: 0 ok, 1 failed, 2 usage, 3 configuration invalid, 4 database unreachable, \
                  5 schema newer or not migrated, 6 data damaged, 130 interrupted."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Connects to Discord and serves. This is the default.
    Run(run::Arguments),
    /// Tries the whole bot against an imitation of Discord: no account, no token, no network.
    ///
    /// At a terminal it offers a prompt. With --script or piped input it plays the lines and ends: with 0, or with 1
    /// when a line could not be understood. With neither it plays a tour.
    Sandbox(sandbox::Arguments),
    /// Asks the bot that runs with these settings on this machine whether it is alive. For containers.
    Healthcheck,
    /// Looks at the settings.
    #[command(subcommand)]
    Config(config::Command),
    /// Looks at the histories of cases.
    #[command(subcommand)]
    Audit(audit::Command),
}

impl Arguments {
    pub(crate) async fn run(self) -> ExitCode {
        let command = self
            .command
            .unwrap_or(Command::Run(run::Arguments::default()));
        let done = match command {
            Command::Run(arguments) => run::run(&arguments).await,
            Command::Sandbox(arguments) => sandbox::run(arguments).await,
            Command::Healthcheck => healthcheck::run().await,
            Command::Config(command) => config::run(&command),
            Command::Audit(command) => audit::run(&command).await,
        };
        done.unwrap_or_else(|error| {
            // The causes on the same line: one line with what happened and what to do.
            eprintln!("rookery: {error:#}");
            exit::code_of(&error)
        })
    }
}
