//! What the process writes about itself: to standard error, for people or as JSON.

use anyhow::{Context as _, Result};
use settings::{Log, LogFormat};
use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::IsTerminal as _,
    panic::PanicHookInfo,
};
use tracing_subscriber::{EnvFilter, fmt};

/// Libraries that tell at `info` what concerns their developers, and at `trace` what people wrote. They
/// can be asked for by name.
const QUIET: &str = "serenity=warn,poise=warn,sqlx=warn,sea_orm=warn,hyper=warn,hyper_util=warn,reqwest=warn,\
                     h2=warn,rustls=warn,tungstenite=warn,tokio_tungstenite=warn";

/// Starts the log and sends panics there too.
///
/// # Errors
/// When the level is no filter.
pub(crate) fn start(settings: &Log) -> Result<()> {
    let filter = filter(&settings.level)?;
    let terminal = std::io::stderr().is_terminal();
    let pretty = match settings.format {
        LogFormat::Pretty => true,
        LogFormat::Json => false,
        LogFormat::Auto => terminal,
    };
    let log = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(terminal);
    if pretty {
        log.with_target(false).init();
    } else {
        log.json().flatten_event(true).init();
    }
    std::panic::set_hook(Box::new(panicked));
    Ok(())
}

/// The filter that a level or list of directives means. What is named explicitly wins over [`QUIET`].
fn filter(level: &str) -> Result<EnvFilter> {
    EnvFilter::try_new(format!("{QUIET},{level}"))
        .context("`log.level` must be a level such as `info`, or a filter such as `info,bot=debug`")
}

fn panicked(info: &PanicHookInfo<'_>) {
    let location = info.location().map(ToString::to_string);
    let message = info.payload_as_str().unwrap_or("no message");
    let backtrace = Backtrace::capture();
    let backtrace =
        (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    tracing::error!(
        panic.location = location,
        panic.backtrace = backtrace,
        "panicked: {message}"
    );
}

#[cfg(test)]
mod tests {
    use super::filter;

    #[test]
    fn libraries_are_quiet_unless_they_are_asked_for() {
        let usual = filter("debug").unwrap().to_string();
        assert!(usual.contains("serenity=warn"), "{usual}");
        let asked = filter("info,serenity=debug").unwrap().to_string();
        assert!(asked.contains("serenity=debug"), "{asked}");
        assert!(!asked.contains("serenity=warn"), "{asked}");
    }

    #[test]
    fn a_level_that_is_none_is_refused() {
        assert!(filter("bot=loud").is_err());
    }
}
