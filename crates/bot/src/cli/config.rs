//! `rookery config`.

use anyhow::Result;
use settings::Settings;
use std::process::ExitCode;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Reads the settings as `run` does, and shows what is in force and where it was set. Secrets are masked.
    Check,
}

pub(super) fn run(command: &Command) -> Result<ExitCode> {
    match command {
        Command::Check => check(),
    }
}

fn check() -> Result<ExitCode> {
    for setting in Settings::load()?.effective() {
        let value = setting.value.as_deref().unwrap_or("(not set)");
        println!("{} = {value}  # {}", setting.entry.key, setting.origin);
    }
    Ok(ExitCode::SUCCESS)
}
