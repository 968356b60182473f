//! `cargo run -p migration -- --help`

mod cli;

use std::process::ExitCode;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    // What is printed says what was applied; sea-orm would say so too.
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("warn,migration=info"))
        .with_writer(std::io::stderr)
        .without_time()
        .init();
    cli::run(arguments).await
}
