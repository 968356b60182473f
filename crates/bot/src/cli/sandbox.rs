//! `rookery sandbox`.

mod input;

use super::exit;
use crate::{shutdown::Signals, telemetry};
use anyhow::{Context as _, Result};
use bot::sandbox::{Audience, Form, HELP, Player, Record, SCRIPT_TIME, Stage, TOUR, settings};
use chrono::{DateTime, Utc};
use controllers::Clock;
use discord_sim::{Sim, SimClock};
use input::Input;
use settings::{Log, LogFormat};
use std::{
    io::{IsTerminal as _, stderr, stdin},
    path::PathBuf,
    process::ExitCode,
};

#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Arguments {
    /// Plays the lines of this file.
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Shows one JSON object per line, with names for people and channels.
    #[arg(long)]
    json: bool,
    /// Decides the ids of people, channels and messages.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The port of the imitated Discord on this computer; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Keeps the data in this database instead of one that is thrown away.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Writes what happens to this file, as a script.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let log = Log {
        level: "warn".to_owned(),
        format: LogFormat::Pretty,
    };
    telemetry::start(&log)?;
    let mut signals = Signals::listen()?;
    let input = Input::choose(arguments.script.as_deref(), stdin().is_terminal(), TOUR).await?;
    let (clock, sim_clock) = clocks(&input)?;
    let sim = Sim::builder()
        .seed(arguments.seed)
        .port(arguments.port)
        .clock(sim_clock)
        .start()
        .await?;
    // Removed at the end, when the bot has closed it.
    let folder = tempfile::tempdir().context("no folder for a temporary database")?;
    let url = match arguments.database {
        Some(url) => url,
        None => format!("sqlite://{}", folder.path().join("sandbox.db").display()),
    };
    let settings = settings(&sim, &url);
    let stage = Box::pin(Stage::start(sim, settings, clock)).await?;
    stage.set_mod_log().await?;

    let record = arguments.save.as_deref().map(Record::create);
    let record = record
        .transpose()
        .context("the file of --save cannot be written")?;
    let form = if arguments.json {
        Form::Json
    } else {
        Form::Text
    };
    let audience = Audience::new(form, anstream::stdout(), stderr());
    let player = Player::new(stage, audience, record);
    tokio::select! {
        mistakes = Box::pin(play(player, input)) => Ok(ExitCode::from(u8::from(mistakes? > 0))),
        // Returning removes the temporary database.
        () = signals.next() => Ok(ExitCode::from(exit::INTERRUPTED)),
    }
}

/// A script sees the same times in every run; at a prompt time passes.
fn clocks(input: &Input) -> Result<(Clock, SimClock)> {
    if input.is_prompt() {
        return Ok((Clock::system(), SimClock::system()));
    }
    let start: DateTime<Utc> = SCRIPT_TIME.parse()?;
    let sim_clock = SimClock::fixed(start.timestamp_millis());
    Ok((Clock::standing_at(start), sim_clock))
}

/// Plays everything; how many lines could not be understood.
async fn play(mut player: Player, mut input: Input) -> Result<usize> {
    let mut number = 0;
    loop {
        // Where time passes by itself, things happen while nobody types.
        let line = tokio::select! {
            line = input.next() => line?,
            () = player.news(), if input.is_prompt() => {
                input.leave_prompt()?;
                player.show()?;
                continue;
            }
        };
        let Some(line) = line else { break };
        number += 1;
        player = player.play(number, &line).await?;
    }
    let mistakes = player.mistakes();
    player.end().await;
    Ok(mistakes)
}
