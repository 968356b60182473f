//! The command line.

mod consent;
mod failure;
mod generate;

use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use settings::Settings;

use consent::Consent;
use failure::Failure;

/// Brings the schema of the database in the settings up to date, or elsewhere.
#[derive(Parser)]
#[command(name = "migration")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Subcommand)]
enum Verb {
    /// Applies every migration that is pending. This is what happens without a command.
    Up,
    /// Reverts the newest migrations, and the data that only they can hold is lost.
    Down {
        /// How many.
        #[arg(default_value_t = 1)]
        steps: u32,
    },
    /// Lists the migrations as applied, pending or unknown, and changes nothing. Exits with 5 when
    /// some are unknown.
    Status,
    /// Drops every table, whoever made it, and applies all migrations.
    Fresh,
    /// Reverts all migrations and applies them again.
    Refresh,
    /// Reverts all migrations.
    Reset,
    /// Writes a new migration into the source and adds it to the list.
    Generate {
        /// A verb and an object in `snake_case`, such as `create_report` or `add_guild_icon`.
        name: String,
    },
}

/// Does what the arguments say; 0 when that was done, else the code of the failure.
pub(crate) async fn run(arguments: Arguments) -> ExitCode {
    match perform(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody is left to tell when stderr is closed.
            drop(writeln!(std::io::stderr(), "error: {failure}"));
            failure.code()
        }
    }
}

async fn perform(arguments: Arguments) -> Result<(), Failure> {
    let url = || Ok::<_, Failure>(direct_url(&Settings::load()?));
    let url_to_lose = |loss| {
        let settings = Settings::load()?;
        let url = direct_url(&settings);
        let name = migration::database_name(&url)?;
        arguments
            .consent
            .require(loss, &name, settings.environment)?;
        Ok::<_, Failure>(url)
    };
    match arguments.verb.unwrap_or(Verb::Up) {
        Verb::Up => report("applied", &migration::up(&url()?).await?.names),
        Verb::Down { steps } => {
            let url = url_to_lose("what only the reverted migrations can hold")?;
            report("reverted", &migration::down(&url, steps).await?.names);
        }
        Verb::Status => status(&url()?).await?,
        Verb::Fresh => {
            let url = url_to_lose("everything")?;
            report("applied", &migration::fresh(&url).await?.names);
        }
        Verb::Refresh => {
            let url = url_to_lose("everything")?;
            report("applied", &migration::refresh(&url).await?.names);
        }
        Verb::Reset => {
            let url = url_to_lose("everything")?;
            report("reverted", &migration::reset(&url).await?.names);
        }
        Verb::Generate { name } => {
            let file = generate::generate(&name)?;
            print(format_args!("wrote {}", file.display()));
            print("next: fill it in, then `cargo run -p xtask -- entities`");
        }
    }
    Ok(())
}

fn direct_url(settings: &Settings) -> String {
    let database = &settings.database;
    let url = database.direct_url.as_ref().unwrap_or(&database.url);
    url.expose().to_owned()
}

async fn status(url: &str) -> Result<(), Failure> {
    let status = migration::status(url).await?;
    list("applied", &status.applied);
    list("pending", &status.pending);
    list("unknown", &status.unknown);
    status.require_known()?;
    Ok(())
}

fn report(what: &str, names: &[String]) {
    if names.is_empty() {
        print(format_args!("nothing to be {what}"));
    }
    list(what, names);
}

fn list(what: &str, names: &[String]) {
    for name in names {
        print(format_args!("{what} {name}"));
    }
}

/// A line on stdout. The work goes on when its reader has left.
fn print(line: impl Display) {
    drop(writeln!(std::io::stdout(), "{line}"));
}
