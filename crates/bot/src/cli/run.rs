//! `rookery run`.

use super::exit;
use crate::{shutdown::Signals, telemetry};
use anyhow::Result;
use bot::{
    app::{App, Deps},
    discord::invite,
};
use controllers::Clock;
use settings::Settings;
use std::process::ExitCode;

#[derive(clap::Args, Default)]
pub(crate) struct Arguments {
    /// Does not touch the schema: an old one is an error. As `database.migrate = false`.
    #[arg(long)]
    no_migrate: bool,
}

pub(super) async fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut settings = Settings::load()?;
    settings.database.migrate &= !arguments.no_migrate;
    if settings.discord.token.is_none() {
        eprintln!("No token is set: set DISCORD_TOKEN to a bot's token from the developer portal.");
        eprintln!("To try Rookery without an account, run: rookery sandbox");
        return Ok(ExitCode::from(exit::CONFIG));
    }
    telemetry::start(&settings.log)?;
    let mut signals = Signals::listen()?;
    let deps = Deps {
        settings,
        clock: Clock::system(),
    };
    // Boxed: the futures of a whole start are large.
    let app = tokio::select! {
        started = Box::pin(App::start(deps)) => started?,
        () = signals.next() => return Ok(ExitCode::from(exit::INTERRUPTED)),
    };
    tracing::info!(
        url = invite::link(app.application_id()),
        "started; this link adds the bot to a server"
    );
    tokio::select! {
        ended = app.ended() => {
            app.stop().await;
            return Ok(ended.map(|()| ExitCode::SUCCESS)?);
        }
        () = signals.next() => {}
    }
    tracing::info!("stopping; a second signal ends at once");
    let database = app.data().database.clone();
    tokio::select! {
        () = app.stop() => {
            let calls = database.pool_use();
            tracing::info!(
                database.calls = calls.calls,
                database.failed = calls.failed,
                "stopped"
            );
            Ok(ExitCode::SUCCESS)
        }
        () = signals.next() => Ok(ExitCode::from(exit::INTERRUPTED)),
    }
}
