//! `rookery audit`.

use super::exit;
use anyhow::Result;
use bot::app::database_options;
use controllers::Clock;
use service::Database;
use settings::Settings;
use std::process::ExitCode;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Proves that no case and no event of a case was altered or removed: every chain of hashes is whole, and nothing
    /// is missing at its end. The bot may go on meanwhile.
    Verify {
        /// Only the cases of this server.
        #[arg(long, value_name = "ID")]
        guild: Option<u64>,
    },
}

pub(super) async fn run(command: &Command) -> Result<ExitCode> {
    match command {
        Command::Verify { guild } => verify(guild.map(u64::cast_signed)).await,
    }
}

async fn verify(guild: Option<i64>) -> Result<ExitCode> {
    let settings = Settings::load()?;
    let options = service::Options {
        // Looking changes nothing.
        migrate: false,
        ..database_options(&settings)
    };
    let database = Database::connect(&options, Clock::system()).await?;
    let proof = database.db().prove_histories(guild).await;
    database.close().await;
    let proof = proof?;
    if proof.broken.is_empty() {
        println!(
            "All whole: {} cases with {} events in {} servers.",
            proof.cases, proof.events, proof.guilds
        );
        return Ok(ExitCode::SUCCESS);
    }
    for (guild, broken) in &proof.broken {
        println!("server {guild}, {broken}");
    }
    eprintln!(
        "The database was changed by something other than Rookery, or is damaged: {} of {} cases are not as they were \
         written. Compare them with a backup.",
        proof.broken.len(),
        proof.cases
    );
    Ok(ExitCode::from(exit::DAMAGED))
}
