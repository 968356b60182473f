//! `rookery sandbox`.

mod input;

use super::exit;
use crate::{shutdown::Signals, telemetry};
use anyhow::{Context as _, Result};
use bot::sandbox::{
    Audience, Form, HELP, Player, Record, SCRIPT_TIME, Stage, TOUR,
    page::{self, Order, Orders},
    settings,
};
use chrono::{DateTime, Utc};
use controllers::Clock;
use discord_sim::{Sim, SimClock, web::Page};
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
    /// Opens the page in which one can try the bot in a browser, also without a terminal; the sandbox then
    /// runs until it is interrupted.
    #[arg(long, conflicts_with = "no_page")]
    page: bool,
    /// Opens no page.
    #[arg(long)]
    no_page: bool,
    /// The port of the page on this computer; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    page_port: u16,
}

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let log = Log {
        level: "warn".to_owned(),
        format: LogFormat::Pretty,
    };
    telemetry::start(&log)?;
    let mut signals = Signals::listen()?;
    let tour = if arguments.page { "" } else { TOUR };
    let input = Input::choose(arguments.script.as_deref(), stdin().is_terminal(), tour).await?;
    let with_page = arguments.page || (input.is_prompt() && !arguments.no_page);
    let (clock, sim_clock) = clocks(input.is_prompt() || with_page)?;
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
    let mut orders = None;
    let mut page = None;
    if with_page {
        let (opened, from_page) = page::open(&stage, arguments.page_port).await?;
        announce(&opened, form);
        (page, orders) = (Some(opened), Some(from_page));
    }
    let player = Player::new(stage, audience, record, page);
    tokio::select! {
        mistakes = Box::pin(play(player, input, orders)) => Ok(ExitCode::from(u8::from(mistakes? > 0))),
        // Returning removes the temporary database.
        () = signals.next() => Ok(ExitCode::from(exit::INTERRUPTED)),
    }
}

/// Tells where the page is; not among what a program reads.
fn announce(page: &Page, form: Form) {
    let words = format!("In a browser on this computer: {}", page.url());
    match form {
        Form::Text => println!("{words}"),
        Form::Json => eprintln!("{words}"),
    }
}

/// A script sees the same times in every run; where people look on, time passes.
fn clocks(live: bool) -> Result<(Clock, SimClock)> {
    if live {
        return Ok((Clock::system(), SimClock::system()));
    }
    let start: DateTime<Utc> = SCRIPT_TIME.parse()?;
    let sim_clock = SimClock::fixed(start.timestamp_millis());
    Ok((Clock::standing_at(start), sim_clock))
}

/// Plays everything; how many lines could not be understood. With a page and no prompt it goes on until it
/// is interrupted.
async fn play(mut player: Player, mut input: Input, mut orders: Option<Orders>) -> Result<usize> {
    let mut number = 0;
    let mut more = true;
    while more || (orders.is_some() && !input.is_prompt()) {
        // Where time passes by itself, things happen while nobody types.
        tokio::select! {
            line = input.next(), if more => match line? {
                Some(line) => {
                    number += 1;
                    player = player.play(number, &line).await?;
                }
                None => more = false,
            },
            order = next_order(&mut orders) => {
                input.leave_prompt()?;
                player = player.carry_out(order).await?;
            }
            () = player.news(), if input.is_prompt() || !more => {
                input.leave_prompt()?;
                player.show()?;
            }
        }
    }
    let mistakes = player.mistakes();
    player.end().await;
    Ok(mistakes)
}

/// What the page wants next; never anything without one.
async fn next_order(orders: &mut Option<Orders>) -> Order {
    match orders {
        Some(orders) => match orders.recv().await {
            Some(order) => order,
            None => std::future::pending().await,
        },
        None => std::future::pending().await,
    }
}
