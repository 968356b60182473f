//! `just load`: the bot under load, with a report at the end.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is what talks to whoever typed the command"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser;
use load::{Error, Options, Progress, Rates, Report};

/// Puts the bot under load in an imitation of Discord and reports what it took.
///
/// Ends with 0 when nothing was lost and the database agrees with what happened, with 1 when not or
/// when there is no report, and with 2 when the options make no sense.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// How many guilds there are.
    #[arg(long, default_value_t = 1_000)]
    guilds: usize,
    /// How many people are in them, evenly.
    #[arg(long, default_value_t = 200_000)]
    members: usize,
    /// Messages per second that are no commands, in all guilds together.
    #[arg(long, default_value_t = 200.0)]
    messages: f64,
    /// New members per second.
    #[arg(long, default_value_t = 5.0)]
    joins: f64,
    /// Reactions per second.
    #[arg(long, default_value_t = 20.0)]
    reactions: f64,
    /// Commands per second; every other one is a slash command.
    #[arg(long, default_value_t = 20.0)]
    commands: f64,
    /// For how many seconds.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Numbers of guilds for which only the start is measured, before the load.
    #[arg(long, value_delimiter = ',', value_name = "GUILDS,…")]
    starts: Vec<usize>,
    /// Decides who does what, and all ids.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The database; without one, a temporary SQLite file.
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database: Option<String>,
    /// The bot's program; without it, the one beside this one.
    #[arg(long, value_name = "FILE")]
    bot: Option<PathBuf>,
    /// Where the report goes as JSON.
    #[arg(long, value_name = "FILE", default_value = "target/load.json")]
    out: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments).await {
        Ok(report) if report.is_clean() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("load: {error:#}");
            let usage = matches!(error.downcast_ref(), Some(Error::Options(_)));
            ExitCode::from(if usage { 2 } else { 1 })
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<Report> {
    let out = arguments.out.clone();
    let options = options(arguments)?;
    let report = Box::pin(load::run(&options, tell)).await?;
    println!("{report}");
    let json = serde_json::to_string_pretty(&report)?;
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    std::fs::write(&out, json + "\n")
        .with_context(|| format!("{} cannot be written", out.display()))?;
    Ok(report)
}

fn options(arguments: Arguments) -> anyhow::Result<Options> {
    let program = match arguments.bot {
        Some(program) => program,
        None => beside()?,
    };
    Ok(Options {
        // The bot runs in a folder of its own.
        program: std::path::absolute(program)?,
        database: arguments.database,
        guilds: arguments.guilds,
        members: arguments.members,
        rates: Rates {
            messages: arguments.messages,
            joins: arguments.joins,
            reactions: arguments.reactions,
            commands: arguments.commands,
        },
        time: Duration::from_secs(arguments.seconds),
        seed: arguments.seed,
        starts: arguments.starts,
    })
}

/// The bot's program, where cargo puts both.
fn beside() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe().context("this program does not know where it is")?;
    Ok(own.with_file_name(format!("rookery{}", std::env::consts::EXE_SUFFIX)))
}

fn tell(progress: Progress) {
    match progress {
        Progress::Started(start) => eprintln!("{start}"),
        Progress::Ready(start) => eprintln!("{start}; the load begins"),
        Progress::Running {
            passed,
            events,
            commands,
            waiting,
            rss_mb,
        } => {
            let memory = rss_mb.map_or_else(String::new, |mib| format!(", {mib:.0} MiB"));
            eprintln!(
                "{:>4} s  {events} events, {commands} commands, {waiting} waiting{memory}",
                passed.as_secs()
            );
        }
        Progress::Ending => eprintln!("the load is over; waiting for the last answers"),
        Progress::Checking => eprintln!("the bot has stopped; looking at its database"),
        _ => {}
    }
}
